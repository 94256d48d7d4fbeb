using System.ComponentModel.DataAnnotations;

namespace QANexus.EventStore.Aggregates;

/// <summary>Settings of the aggregate repositories.</summary>
public sealed class AggregateOptions
{
    /// <summary>The age at which a cached state is folded anew, whatever else is set: data that were redacted live no longer than that.</summary>
    public static readonly TimeSpan LongestCacheLifetime = TimeSpan.FromSeconds(60);

    /// <summary>States of each kind of aggregate that a process remembers. Default 1,000; 0 for none.</summary>
    [Range(0, 1_000_000)]
    public int CacheSize { get; set; } = 1_000;

    /// <summary>
    /// How long a state is remembered, counted from when it was folded from the stream, however often it was refreshed since. Default and longest
    /// 60 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan CacheLifetime { get; set; } = LongestCacheLifetime;

    /// <summary>
    /// Whether a load or a command that found its stream due for a snapshot takes it before it answers. Default no: a consumer of the change feed does,
    /// off everybody's way.
    /// </summary>
    public bool KeepSnapshotsOnLoad { get; set; }

    /// <summary>How often a command is decided at most, when other writers come first. Default 10.</summary>
    [Range(1, 200)]
    public int MaxAttempts { get; set; } = 10;

    /// <summary>The first pause before deciding again; it doubles, with jitter, up to <see cref="MaxBackoff"/>. Default 20 ms.</summary>
    public TimeSpan FirstBackoff { get; set; } = TimeSpan.FromMilliseconds(20);

    /// <summary>The longest pause. Default 1 s.</summary>
    public TimeSpan MaxBackoff { get; set; } = TimeSpan.FromSeconds(1);
}
