using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;

namespace QANexus.EventStore.Views;

/// <summary>How far a rebuild is.</summary>
public enum RebuildState
{
    /// <summary>Asked for; the worker has not begun.</summary>
    Waiting,

    /// <summary>The new version is being built beside the old one.</summary>
    Building,

    /// <summary>The new version is in force; the old one is being deleted.</summary>
    Removing,

    /// <summary>Done.</summary>
    Done,
}

/// <summary>A rebuild of a tenant's view.</summary>
internal sealed record RebuildJob(TenantId Tenant, SubscriptionName View)
{
    public RebuildState State { get; init; }

    /// <summary>The version to be built.</summary>
    public long Target { get; init; }

    /// <summary>The version that it takes the place of.</summary>
    public long Replaced { get; init; }

    /// <summary>Commits read.</summary>
    public long Done { get; init; }

    /// <summary>Commits there were when it began.</summary>
    public long Total { get; init; }

    /// <summary>Where the feed is read on.</summary>
    public string? Continuation { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    /// <summary>When it came into its state.</summary>
    public DateTimeOffset ChangedAt { get; init; }

    public string? Tag { get; init; }
}

/// <summary>Keeps the rebuilds.</summary>
internal interface IRebuildJobs
{
    /// <summary>The rebuild of a view that is under way, or the last one.</summary>
    Task<RebuildJob?> FindAsync(TenantId tenant, SubscriptionName view, CancellationToken cancellationToken);

    Task<IReadOnlyList<RebuildJob>> UnfinishedAsync(CancellationToken cancellationToken);

    /// <returns>False where somebody else changed it meanwhile.</returns>
    Task<bool> TrySaveAsync(RebuildJob job, CancellationToken cancellationToken);
}
