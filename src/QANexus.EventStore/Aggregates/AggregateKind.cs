using System.Text.Json;
using QANexus.EventStore.Snapshots;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Aggregates;

/// <inheritdoc/>
internal sealed class AggregateKind<TState>(AggregateRepositories<TState> repositories, SnapshotPositions positions) : IAggregateKind
    where TState : class
{
    private readonly AggregateDefinition<TState> definition = repositories.Definition;

    public AggregateType Type => definition.Type;

    public async Task<AggregateState?> ReadAsync(
        ITenantEventStore store, AggregateId id, StateReadOptions options, CancellationToken cancellationToken)
    {
        var repository = repositories.For(store);
        if (options is { Version: null, AsOf: null })
        {
            var aggregate = options.AtLeast is { } position
                ? await repository.LoadAsync(id, position, cancellationToken)
                : await repository.LoadAsync(id, cancellationToken);
            return aggregate.Exists
                ? new AggregateState(
                    aggregate.Stream, Write(aggregate.State), aggregate.Position.Version, aggregate.Position.Commit, aggregate.Position,
                    aggregate.RequestCharge)
                : null;
        }

        var past = await repository.ReadPastAsync(id, options, cancellationToken);
        return past is null
            ? null
            : new AggregateState(past.Stream, Write(past.State), past.Version, past.Commit, Position: null, past.RequestCharge);
    }

    public async Task<SnapshotOutcome> TakeSnapshotAsync(
        TenantId tenant, AggregateId id, StreamPosition? reached, CancellationToken cancellationToken)
    {
        var stream = new StreamId(Type, id);
        if (repositories.FoldFor(tenant) is not { } fold || !IsDue(positions.Find(tenant, stream), reached))
        {
            return SnapshotOutcome.NotDue;
        }

        var found = await fold.FindAsync(stream, cancellationToken);
        if (!IsDue(found.Position, reached))
        {
            positions.Put(tenant, stream, found.Position);
            return SnapshotOutcome.NotDue;
        }

        var folded = await fold.LoadAfterAsync(found, cancellationToken);
        var write = await fold.KeepAsync(folded, cancellationToken);
        if (write.Outcome is SnapshotOutcome.Taken)
        {
            positions.Put(tenant, stream, folded.Load.Position);
        }

        return write.Outcome;
    }

    private bool IsDue(StreamPosition last, StreamPosition? reached) => reached is not { } position || definition.Snapshots.IsDue(last, position);

    private byte[] Write(TState state) => JsonSerializer.SerializeToUtf8Bytes(state, definition.StateType);
}
