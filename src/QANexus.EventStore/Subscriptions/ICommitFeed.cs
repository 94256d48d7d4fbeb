using QANexus.EventStore.Failures;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Subscriptions;

/// <summary>The change feed of all commits, read outside any trigger.</summary>
internal interface ICommitFeed
{
    /// <summary>The parts of the feed, each in an order of its own. A part stays one even if the store divides it.</summary>
    Task<IReadOnlyList<string>> RangesAsync(CancellationToken cancellationToken);

    /// <summary>A page of a part of the feed.</summary>
    /// <param name="range">One of <see cref="RangesAsync"/>.</param>
    /// <param name="continuation">Where the page before ended; null for the beginning.</param>
    /// <param name="maxCount">Commits to read; those of a split append come together.</param>
    /// <param name="meter">Pays.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <exception cref="StoreThrottledException">No request units are left.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer.</exception>
    Task<CommitFeedPage> ReadRangeAsync(
        string range, string? continuation, int maxCount, DeliveryMeter meter, CancellationToken cancellationToken);

    /// <summary>A page of one tenant's feed.</summary>
    /// <inheritdoc cref="ReadRangeAsync"/>
    Task<CommitFeedPage> ReadTenantAsync(
        TenantId tenant, string? continuation, int maxCount, DeliveryMeter meter, CancellationToken cancellationToken);
}

/// <summary>A page of the feed.</summary>
/// <param name="Commits">In the feed's order.</param>
/// <param name="Continuation">Where the next page begins.</param>
/// <param name="IsAtEnd">There was nothing more.</param>
internal sealed record CommitFeedPage(IReadOnlyList<FeedEntry> Commits, string Continuation, bool IsAtEnd);

/// <summary>A commit in the feed.</summary>
/// <param name="Commit">The commit, read from the store's own bytes.</param>
/// <param name="ChangedAt">When the store last wrote it, by its own clock, in whole seconds.</param>
/// <param name="Sequence">Its place in the feed of its physical partition.</param>
internal sealed record FeedEntry(StoredCommit Commit, DateTimeOffset ChangedAt, long Sequence)
{
    public Doorbell ToDoorbell() =>
        new(Commit.Address.Stream, Commit.Number, [.. Commit.Events.Select(static e => e.Type).Distinct()], Commit.Revision) { Document = Commit };
}

/// <summary>How far the triggers are.</summary>
internal interface ITriggerProgress
{
    /// <summary>
    /// The place in the feed up to which the group's trigger has handed everything over, in every part of <paramref name="range"/>; null where it has
    /// not begun everywhere.
    /// </summary>
    /// <exception cref="StoreThrottledException">No request units are left.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer.</exception>
    Task<long?> ReachedAsync(SubscriptionName group, string range, CancellationToken cancellationToken);
}

/// <summary>Keeps how far the reconciler has come.</summary>
internal interface IReconcilerStates
{
    /// <exception cref="StoreThrottledException">No request units are left.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer.</exception>
    Task<ReconcilerState> LoadAsync(SubscriptionName group, CancellationToken cancellationToken);

    /// <returns>The same with its new tag; null where another reconciler changed it meanwhile.</returns>
    /// <exception cref="StoreThrottledException">No request units are left.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer.</exception>
    Task<ReconcilerState?> TrySaveAsync(SubscriptionName group, ReconcilerState state, CancellationToken cancellationToken);
}

/// <summary>How far the reconciler has come for a group.</summary>
/// <param name="Continuations">Of each part of the feed that it has begun, where it goes on.</param>
/// <param name="Tag">The tag of the stored state; null where it is not stored yet.</param>
internal sealed record ReconcilerState(IReadOnlyDictionary<string, string?> Continuations, string? Tag)
{
    public static ReconcilerState Start { get; } = new(new Dictionary<string, string?>(StringComparer.Ordinal), Tag: null);

    public ReconcilerState With(string range, string? continuation) =>
        this with { Continuations = new Dictionary<string, string?>(Continuations, StringComparer.Ordinal) { [range] = continuation } };
}
