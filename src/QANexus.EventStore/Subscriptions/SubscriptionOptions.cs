using System.ComponentModel.DataAnnotations;

namespace QANexus.EventStore.Subscriptions;

/// <summary>How subscriptions deliver.</summary>
public sealed class SubscriptionOptions
{
    /// <summary>How often a handler is tried with an event before its stream is parked for it. Default 5.</summary>
    [Range(1, 100)]
    public int MaxAttempts { get; set; } = 5;

    /// <summary>The first pause between attempts; it doubles, with jitter, up to <see cref="MaxBackoff"/>. Default 100 ms.</summary>
    public TimeSpan FirstBackoff { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest pause. Default 2 s.</summary>
    public TimeSpan MaxBackoff { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long one attempt may take before it is told to stop and counted as failed. Default 30 s.</summary>
    public TimeSpan HandlerTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Streams, and tenants, that are delivered to at the same time. Default 8.</summary>
    [Range(1, 1_000)]
    public int MaxParallelism { get; set; } = 8;

    /// <summary>Commits held in memory at once, however large a batch is; one gap read takes as many and 4 MiB at most. Default 100.</summary>
    [Range(1, 1_000)]
    public int CommitsPerRound { get; set; } = 100;

    /// <summary>How often a checkpoint is read again because another deliverer was faster, before the delivery gives up and is repeated. Default 20.</summary>
    [Range(1, 1_000)]
    public int MaxConflicts { get; set; } = 20;

    /// <summary>Streams remembered per process, so that commits of no interest cost nothing. Default 100,000.</summary>
    [Range(0, 10_000_000)]
    public int RememberedStreams { get; set; } = 100_000;

    /// <summary>How long the reconciler leaves a commit to the triggers. Default 5 minutes.</summary>
    public TimeSpan ReconcileDelay { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long one run of the reconciler or of a rebuild goes on. Default 40 s.</summary>
    public TimeSpan TimePerRun { get; set; } = TimeSpan.FromSeconds(40);

    /// <summary>How long a process believes which version of a view is in force. Default 5 s.</summary>
    public TimeSpan VersionTrust { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a replaced version of a view is kept, longer than <see cref="VersionTrust"/>. Default 1 minute.</summary>
    public TimeSpan OldVersionGrace { get; set; } = TimeSpan.FromMinutes(1);
}
