using QANexus.EventStore.Reading;
using QANexus.EventStore.Snapshots;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Upcasting;

namespace QANexus.EventStore.Aggregates;

/// <summary>
/// Folds streams of one tenant up to where they were: from the snapshot on where that is not beyond the version, or where everything in it had been
/// stored by then; otherwise from the first event on.
/// </summary>
/// <param name="definition">The aggregate.</param>
/// <param name="upcaster">Brings stored events to their latest form.</param>
/// <param name="store">The tenant's events.</param>
/// <param name="snapshots">The tenant's snapshots; null where there are none.</param>
internal sealed class PastFold<TState>(
    AggregateDefinition<TState> definition, EventUpcaster upcaster, ITenantEventStore store, SnapshotFold<TState>? snapshots)
    where TState : class
{
    /// <summary>The state then; null where there was no such event.</summary>
    public async Task<PastState<TState>?> ReadAsync(StreamId stream, StateReadOptions options, CancellationToken cancellationToken)
    {
        var part = new StreamReadOptions { ToVersion = options.Version, AsOf = options.AsOf, AtLeast = options.AtLeast };
        var charge = 0d;
        if (snapshots is not null)
        {
            var found = await snapshots.FindAsync(stream, cancellationToken);
            charge = found.RequestCharge;
            if (found.Snapshot is { } snapshot && IsBefore(snapshot, options) && snapshots.TryRead(found, out var kept))
            {
                var past = await FoldAsync(stream, part, kept, found.Position, charge, cancellationToken);
                if (past is not null)
                {
                    return Exact(past, options);
                }

                snapshots.ReportTooNew(found);
            }
        }

        return Exact(await FoldAsync(stream, part, definition.Initial, StreamPosition.Start, charge, cancellationToken), options);
    }

    /// <summary>A stream passes through what it was at a time in the order of its commits, so that all of a snapshot must be from before it.</summary>
    private static bool IsBefore(Snapshot snapshot, StateReadOptions options) =>
        snapshot.Position.Version <= (options.Version ?? long.MaxValue) && snapshot.LatestStoredAt <= (options.AsOf ?? DateTimeOffset.MaxValue);

    private static PastState<TState>? Exact(PastState<TState>? past, StateReadOptions options) =>
        past?.Version == (options.Version ?? past?.Version) ? past : null;

    /// <summary>Null where the stream has nothing there, or does not pass through <paramref name="start"/>.</summary>
    private async Task<PastState<TState>?> FoldAsync(
        StreamId stream, StreamReadOptions part, TState state, StreamPosition start, double charge, CancellationToken cancellationToken)
    {
        RecordedEvent? last = null;
        // From the last event that is in the state already: its commit shows whether it is the stream's.
        // As stored, so that the last version is that of the stream, whatever upcasting makes of its event.
        var page = part with
        {
            FromVersion = Math.Max(1, start.Version), MaxCount = StreamReadOptions.LargestMaxCount, Form = EventForm.AsStored,
        };
        while (true)
        {
            var slice = await store.ReadAsync(stream, page, cancellationToken);
            charge += slice.RequestCharge;
            if (last is null && !PassesThrough(start, slice.Events))
            {
                return null;
            }

            var news = slice.Events.Where(e => e.Version > start.Version).ToList();
            state = definition.Evolve(state, await upcaster.UpcastAsync(store.Tenant, news, cancellationToken));
            last = slice.Events is [.., var newest] ? newest : last;
            if (slice.NextVersion is not { } next)
            {
                return last is null ? null : new PastState<TState>(stream, state, last.Version, last.Commit, charge);
            }

            page = page with { FromVersion = next };
        }
    }

    /// <summary>Whether the commit that ends at <paramref name="start"/> is the one that the events say ends there.</summary>
    private static bool PassesThrough(StreamPosition start, IReadOnlyList<RecordedEvent> events) =>
        start == StreamPosition.Start
        || (events.Count > 0 && events[0].Version == start.Version && events[0].Commit == start.Commit
            && (events.Count == 1 || events[1].Commit == start.Commit + 1));
}
