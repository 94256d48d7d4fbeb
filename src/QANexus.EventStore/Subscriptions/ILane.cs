using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Subscriptions;

/// <summary>A consumer with a checkpoint per stream of its own: the subscribers of a group together, or one projection.</summary>
internal interface ILane
{
    /// <summary>What tells it from every other lane, and a version of a view from the next.</summary>
    string Name { get; }

    EventInterest Interest { get; }

    /// <summary>Whether a stream is its business at all, whatever is in it.</summary>
    bool Takes(StreamId stream);

    /// <summary>Its checkpoints, for whoever looks after them.</summary>
    ILaneCheckpoints Checkpoints { get; }

    /// <summary>Reads the checkpoints of these streams.</summary>
    Task<ILaneSession> OpenAsync(TenantId tenant, IReadOnlyCollection<StreamId> streams, DeliveryMeter meter, CancellationToken cancellationToken);
}

/// <summary>The stored checkpoints of a lane, outside a delivery.</summary>
internal interface ILaneCheckpoints
{
    Task<IReadOnlyDictionary<StreamId, StoredCheckpoint>> LoadAsync(
        TenantId tenant, IReadOnlyCollection<StreamId> streams, CancellationToken cancellationToken);

    /// <returns>False where somebody else changed it meanwhile: nothing is saved.</returns>
    Task<bool> TrySaveAsync(TenantId tenant, StreamId stream, StoredCheckpoint checkpoint, CancellationToken cancellationToken);

    /// <summary>Streams with parked handlers, at most <paramref name="maxCount"/>.</summary>
    Task<IReadOnlyList<KeyValuePair<StreamId, StoredCheckpoint>>> ParkedAsync(TenantId tenant, int maxCount, CancellationToken cancellationToken);

    /// <summary>How many streams have parked handlers.</summary>
    Task<long> CountParkedAsync(TenantId tenant, CancellationToken cancellationToken);
}

/// <summary>A lane at work on some streams of one tenant, from one state of their checkpoints.</summary>
internal interface ILaneSession
{
    LanePosition PositionOf(StreamId stream);

    /// <summary>
    /// Hands on what is new and saves how far it came. Streams whose checkpoint somebody else changed meanwhile are in conflict: nothing of them is
    /// saved.
    /// </summary>
    /// <exception cref="Failures.EventStoreException">The store failed; what was done before is saved as far as that was possible.</exception>
    Task<IReadOnlyDictionary<StreamId, LaneOutcome>> DeliverAsync(IReadOnlyList<StreamDelivery> deliveries, CancellationToken cancellationToken);
}

/// <summary>How far a lane has come in a stream.</summary>
/// <param name="From">Where the next commit of interest to it begins.</param>
/// <param name="IsBlocked">It takes no commits of this stream, as it is parked.</param>
/// <param name="Owed">Commits whose redaction it could not handle yet.</param>
internal readonly record struct LanePosition(EventPosition From, bool IsBlocked, IReadOnlyList<long> Owed);

/// <summary>What a lane is given of one stream.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Commits">Commits that it has not handled, in order; those of no interest to it are left out.</param>
/// <param name="UpTo">No commit of interest up to this one is missing.</param>
/// <param name="Revisions">Redacted commits, whether or not it handled them before.</param>
internal sealed record StreamDelivery(
    StreamId Stream, IReadOnlyList<CommitDelivery> Commits, long UpTo, IReadOnlyList<CommitDelivery> Revisions);

/// <summary>What became of a delivery.</summary>
/// <param name="IsConflict">Somebody else changed the checkpoint: look again.</param>
/// <param name="IsBlocked">The lane is parked.</param>
/// <param name="Saved">The commit that the stored checkpoint has reached.</param>
internal readonly record struct LaneOutcome(bool IsConflict, bool IsBlocked, long Saved)
{
    public static LaneOutcome Conflict => new(IsConflict: true, IsBlocked: false, Saved: 0);
}

/// <summary>The lanes of a subscription group.</summary>
internal interface ILaneSet
{
    /// <summary>The name of the group.</summary>
    SubscriptionName Name { get; }

    /// <summary>Its subscribers or views.</summary>
    IReadOnlyList<SubscriptionName> Handlers { get; }

    /// <summary>The lanes that a tenant's commits go to.</summary>
    ValueTask<IReadOnlyList<ILane>> LanesForAsync(TenantId tenant, CancellationToken cancellationToken);
}
