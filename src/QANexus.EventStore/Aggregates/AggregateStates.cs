using QANexus.EventStore.Snapshots;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Aggregates;

/// <summary>The registered aggregates by type.</summary>
internal sealed class AggregateStates : IAggregateStates, ISnapshotTaker
{
    private readonly Dictionary<AggregateType, IAggregateKind> kinds = [];

    /// <exception cref="InvalidOperationException">Two definitions are of the same type.</exception>
    public AggregateStates(IEnumerable<IAggregateKind> kinds)
    {
        foreach (var kind in kinds)
        {
            if (!this.kinds.TryAdd(kind.Type, kind))
            {
                throw new InvalidOperationException($"Two definitions of the aggregate {kind.Type} are registered.");
            }
        }
    }

    public bool Knows(AggregateType type) => kinds.ContainsKey(type);

    public Task<AggregateState?> ReadAsync(
        ITenantEventStore store, StreamId stream, StateReadOptions options, CancellationToken cancellationToken) =>
        kinds.TryGetValue(stream.AggregateType, out var kind)
            ? kind.ReadAsync(store, stream.AggregateId, options, cancellationToken)
            : Task.FromResult<AggregateState?>(null);

    public Task<SnapshotOutcome> TakeAsync(TenantId tenant, StreamId stream, CancellationToken cancellationToken) =>
        TakeAsync(tenant, stream, reached: null, cancellationToken);

    public Task<SnapshotOutcome> TakeIfDueAsync(TenantId tenant, StreamId stream, StreamPosition reached, CancellationToken cancellationToken) =>
        TakeAsync(tenant, stream, reached, cancellationToken);

    private Task<SnapshotOutcome> TakeAsync(TenantId tenant, StreamId stream, StreamPosition? reached, CancellationToken cancellationToken) =>
        kinds.TryGetValue(stream.AggregateType, out var kind)
            ? kind.TakeSnapshotAsync(tenant, stream.AggregateId, reached, cancellationToken)
            : Task.FromResult(SnapshotOutcome.UnknownAggregate);
}
