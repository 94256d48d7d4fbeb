using QANexus.EventStore.Failures;

namespace QANexus.EventStore.Subscriptions;

/// <summary>Reads commits for delivery, across tenants, from the store's own bytes. What is known to exist is never passed over because a replica lags.</summary>
internal interface ICommitSource
{
    /// <summary>The commits at these addresses, in any order; without those that do not exist at the primary either.</summary>
    /// <exception cref="StoreThrottledException">No request units are left.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer.</exception>
    Task<IReadOnlyList<StoredCommit>> ReadAsync(IReadOnlyCollection<CommitAddress> addresses, DeliveryMeter meter, CancellationToken cancellationToken);

    /// <summary>
    /// The next page of commits of interest after <paramref name="after"/>, and <paramref name="upTo"/> itself, whose absence is told from a
    /// replica's lag.
    /// </summary>
    /// <exception cref="StoreThrottledException">No request units are left.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer.</exception>
    Task<CommitRange> ReadRangeAsync(
        StreamKey stream, long after, long upTo, EventInterest interest, DeliveryMeter meter, CancellationToken cancellationToken);

    /// <summary>The number of the stream's last commit; 0 where it has none.</summary>
    /// <exception cref="StoreThrottledException">No request units are left.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer.</exception>
    Task<long> ReadTailAsync(StreamKey stream, DeliveryMeter meter, CancellationToken cancellationToken);
}
