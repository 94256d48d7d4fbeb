using QANexus.EventStore.Snapshots;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Aggregates;

/// <summary>One kind of aggregate for callers that do not know the class of its state.</summary>
internal interface IAggregateKind
{
    AggregateType Type { get; }

    /// <inheritdoc cref="IAggregateStates.ReadAsync"/>
    Task<AggregateState?> ReadAsync(ITenantEventStore store, AggregateId id, StateReadOptions options, CancellationToken cancellationToken);

    /// <summary>Takes a snapshot: if the policy says so of what the stream has <paramref name="reached"/>, or, without that, anyway.</summary>
    Task<SnapshotOutcome> TakeSnapshotAsync(TenantId tenant, AggregateId id, StreamPosition? reached, CancellationToken cancellationToken);
}
