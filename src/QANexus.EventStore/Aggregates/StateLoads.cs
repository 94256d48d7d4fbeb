using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Aggregates;

/// <summary>Brings the newest state of an aggregate: from memory and what came after, else from what is stored.</summary>
/// <param name="definition">The aggregate.</param>
/// <param name="store">The tenant's events.</param>
/// <param name="cache">What the process remembers.</param>
/// <param name="snapshots">The tenant's snapshots; null where there are none, and a stream that is not remembered is read as a whole.</param>
/// <param name="keepsSnapshots">A stream that was folded far from its snapshot gets a new one at once.</param>
/// <param name="time">The clock.</param>
internal sealed class StateLoads<TState>(
    AggregateDefinition<TState> definition,
    ITenantEventStore store,
    StateCache<TState> cache,
    SnapshotFold<TState>? snapshots,
    bool keepsSnapshots,
    TimeProvider time)
    where TState : class
{
    /// <summary>The state before the first event.</summary>
    public Aggregate<TState> Initial(StreamId stream) =>
        new(stream, definition.Initial, StreamPosition.Start, RequestCharge: 0) { FoldedAt = time.GetTimestamp() };

    /// <summary>The state as far as a read can see: one point read of 1 RU where it is remembered and nothing is new.</summary>
    public async Task<Aggregate<TState>> LoadAsync(StreamId stream, CancellationToken cancellationToken)
    {
        var known = cache.Find(store.Tenant, stream);
        if (known is null && snapshots is not null)
        {
            return await LoadFromSnapshotAsync(snapshots, stream, cancellationToken);
        }

        known ??= Initial(stream);
        var slice = await store.ReadAfterAsync(stream, known.Position, cancellationToken);
        return Advance(known, slice.Events, slice.Position) with { RequestCharge = slice.RequestCharge };
    }

    /// <summary>The state at that position or a later one.</summary>
    public async Task<Aggregate<TState>> LoadAsync(StreamId stream, StreamPosition atLeast, CancellationToken cancellationToken)
    {
        var loaded = await LoadAsync(stream, cancellationToken);
        if (loaded.Position.Commit >= atLeast.Commit && loaded.Position.Version >= atLeast.Version)
        {
            return loaded;
        }

        // Waits, and brings the session token by which the next read is as new.
        var options = new StreamReadOptions { FromVersion = Math.Max(1, atLeast.Version), MaxCount = 1, AtLeast = atLeast };
        var reached = await store.ReadAsync(stream, options, cancellationToken);
        var again = await LoadAsync(stream, cancellationToken);
        return again with { RequestCharge = loaded.RequestCharge + reached.RequestCharge + again.RequestCharge };
    }

    /// <summary>
    /// A state that is remembered at exactly this position: a command that expects it can be decided without a read, as the write finds out whether
    /// the stream is still there.
    /// </summary>
    public Aggregate<TState>? FindAt(StreamId stream, StreamPosition position) =>
        position == StreamPosition.Start
            ? Initial(stream)
            : cache.Find(store.Tenant, stream) is { } known && known.Position == position ? known : null;

    /// <summary>The state after the events between <paramref name="before"/> and <paramref name="position"/>.</summary>
    public Aggregate<TState> Advance(Aggregate<TState> before, IReadOnlyList<RecordedEvent> events, StreamPosition position) =>
        Remember(before with { State = definition.Evolve(before.State, events), Position = position, RequestCharge = 0 });

    private async Task<Aggregate<TState>> LoadFromSnapshotAsync(SnapshotFold<TState> fold, StreamId stream, CancellationToken cancellationToken)
    {
        var start = Initial(stream);
        var folded = await fold.LoadAsync(stream, cancellationToken);
        var load = folded.Load;
        var kept = keepsSnapshots && definition.Snapshots.IsDue(load.Found.Position, load.Position)
            ? await fold.KeepAsync(folded, cancellationToken)
            : default;
        return Remember(start with { State = folded.State, Position = load.Position }) with { RequestCharge = load.RequestCharge + kept.RequestCharge };
    }

    private Aggregate<TState> Remember(Aggregate<TState> aggregate)
    {
        if (aggregate.Exists)
        {
            cache.Put(store.Tenant, aggregate);
        }

        return aggregate;
    }
}
