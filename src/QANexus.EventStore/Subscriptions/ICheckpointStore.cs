using QANexus.EventStore.Failures;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Subscriptions;

/// <summary>Keeps the checkpoints of subscription groups.</summary>
internal interface ICheckpointStore
{
    /// <summary>The checkpoints of these streams; a stream without one is left out.</summary>
    /// <exception cref="StoreThrottledException">No request units are left.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer.</exception>
    Task<IReadOnlyDictionary<StreamId, StoredCheckpoint>> LoadAsync(
        TenantId tenant, SubscriptionName group, IReadOnlyCollection<StreamId> streams, DeliveryMeter meter, CancellationToken cancellationToken);

    /// <summary>
    /// Creates or replaces each checkpoint whose stored state is still the one it was read from, and returns these with their new tags. The others
    /// are somebody else's by now; nothing is changed of them.
    /// </summary>
    /// <exception cref="StoreThrottledException">No request units are left; some may be saved.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer; some may be saved.</exception>
    Task<IReadOnlyDictionary<StreamId, StoredCheckpoint>> SaveAsync(
        TenantId tenant, SubscriptionName group, IReadOnlyDictionary<StreamId, StoredCheckpoint> checkpoints, DeliveryMeter meter,
        CancellationToken cancellationToken);

    /// <summary>A page of the checkpoints with parked handlers, by stream.</summary>
    Task<IReadOnlyList<KeyValuePair<StreamId, StoredCheckpoint>>> ParkedAsync(
        TenantId tenant, SubscriptionName group, int maxCount, CancellationToken cancellationToken);

    /// <summary>How many streams have a parked handler.</summary>
    Task<long> CountParkedAsync(TenantId tenant, SubscriptionName group, CancellationToken cancellationToken);

    /// <summary>The same over all tenants.</summary>
    /// <exception cref="StoreThrottledException">No request units are left.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer.</exception>
    Task<long> CountAllParkedAsync(SubscriptionName group, DeliveryMeter meter, CancellationToken cancellationToken);
}

/// <summary>A checkpoint with the tag of its stored state; without one it is not stored yet.</summary>
internal sealed record StoredCheckpoint(StreamCheckpoint Checkpoint, string? Tag)
{
    public static StoredCheckpoint None { get; } = new(StreamCheckpoint.Start, Tag: null);
}
