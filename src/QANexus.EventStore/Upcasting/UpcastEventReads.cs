using QANexus.EventStore.Querying;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Upcasting;

/// <summary>
/// The one place where what is read becomes what is seen: around a tenant's readers of stored events. Pages are cut by stored events, so that where one
/// ends never depends on what upcasting makes of it.
/// </summary>
internal sealed class UpcastEventReads(TenantId tenant, EventUpcaster upcaster, IEventReader reader, IEventQueries queries) : IEventReader, IEventQueries
{
    /// <summary>Stored events that one page of a query looks at before it gives what it has, full or not.</summary>
    public const int MaxStoredEvents = 5_000;

    public async Task<StreamSlice> ReadAsync(StreamId stream, StreamReadOptions options, CancellationToken cancellationToken)
    {
        var slice = await reader.ReadAsync(stream, options, cancellationToken);
        return options.Form is EventForm.AsStored
            ? slice
            : slice with { Events = await UpcastAsync(slice.Events, options.Direction, cancellationToken) };
    }

    public async Task<StreamSlice> ReadAfterAsync(StreamId stream, StreamPosition known, CancellationToken cancellationToken)
    {
        var slice = await reader.ReadAfterAsync(stream, known, cancellationToken);
        return slice with { Events = await upcaster.UpcastAsync(tenant, slice.Events, cancellationToken) };
    }

    public async Task<EventPage> QueryAsync(EventQuery query, CancellationToken cancellationToken)
    {
        EventQuery.Check(query);
        return query is { Form: EventForm.AsStored, Actor: null }
            ? await queries.QueryAsync(query, cancellationToken)
            : await SearchAsync(query, cancellationToken);
    }

    /// <summary>Counts what is stored, whatever upcasting makes of it.</summary>
    public Task<EventCount> CountAsync(EventType? type, AggregateType? aggregateType, CancellationToken cancellationToken) =>
        queries.CountAsync(type, aggregateType, cancellationToken);

    public async Task<FoundEvent> FindAsync(EventId id, EventForm form, CancellationToken cancellationToken)
    {
        if (form is EventForm.AsStored)
        {
            return await queries.FindAsync(id, form, cancellationToken);
        }

        var charge = 0.0;
        EventId? stored = id;
        for (var depth = 0; depth <= upcaster.Catalog.SplitDepth && stored is { } candidate; depth++, stored = candidate.Whole)
        {
            if (!candidate.CanBeStored)
            {
                continue;
            }

            var found = await queries.FindAsync(candidate, EventForm.AsStored, cancellationToken);
            charge += found.RequestCharge;
            var events = found.Event is { } e ? await upcaster.UpcastAsync(tenant, e, cancellationToken) : [];
            var seen = events.FirstOrDefault(seen => seen.Id == id);
            EventId[] parts = [.. events.Select(static part => part.Id).Where(part => part.IsPartOf(id))];
            if (seen is not null || parts.Length > 0 || (found.Event is not null && candidate == id))
            {
                return new FoundEvent(seen, charge) { Parts = parts };
            }
        }

        return new FoundEvent(Event: null, charge);
    }

    /// <summary>Looks at what is stored until the page is full of what is asked for, or has looked at enough.</summary>
    private async Task<EventPage> SearchAsync(EventQuery query, CancellationToken cancellationToken)
    {
        var names = query is { Type: { } type, Form: EventForm.Latest } ? upcaster.Catalog.StoredNamesOf(type) : null;
        var (events, count, looked, bytes, charge) = (new List<RecordedEvent>(), 0, 0, 0L, 0.0);
        EventCursor? taken = null;
        var next = query with { StoredTypes = names };
        while (names is not [])
        {
            var page = await queries.QueryAsync(next, cancellationToken);
            charge += page.RequestCharge;
            foreach (var stored in page.Events)
            {
                var matching = await MatchingAsync(query, stored, cancellationToken);
                if (matching.Count == 0)
                {
                    continue;
                }

                bytes += matching.Sum(static e => (long)e.Data.Utf8.Length);
                if (count == query.MaxCount || (bytes > PageLimits.MaxBytes && count > 0))
                {
                    return new EventPage(events, taken, charge);
                }

                events.AddRange(matching);
                count++;
                taken = new EventCursor(stored.StoredAt, stored.Stream, stored.Version);
            }

            looked += page.Events.Count;
            if (page.Next is null || count == query.MaxCount || looked >= MaxStoredEvents)
            {
                return new EventPage(events, page.Next, charge);
            }

            // Who did little is looked for in larger and larger steps.
            next = next with { After = page.Next, MaxCount = query.Actor is null ? query.MaxCount : Math.Min(2 * next.MaxCount, EventQuery.LargestMaxCount) };
        }

        return new EventPage([], Next: null, charge);
    }

    /// <summary>What a query finds of a stored event, in the order of the query.</summary>
    private async Task<IReadOnlyList<RecordedEvent>> MatchingAsync(EventQuery query, RecordedEvent stored, CancellationToken cancellationToken)
    {
        if (query.Actor is { } actor && !string.Equals(stored.Origin.Actor, actor, StringComparison.Ordinal))
        {
            return [];
        }

        if (query.Form is EventForm.AsStored)
        {
            return [stored];
        }

        var events = await upcaster.UpcastAsync(tenant, stored, cancellationToken);
        var found = query.Type is not { } type || events.All(e => e.Type == type) ? events : [.. events.Where(e => e.Type == type)];
        return found.Count < 2 || query.Direction is ReadDirection.Forward ? found : [.. found.Reverse()];
    }

    /// <summary>The parts of one event stand in the order of the read, so that backwards is the exact reverse of forwards.</summary>
    private async Task<IReadOnlyList<RecordedEvent>> UpcastAsync(
        IReadOnlyList<RecordedEvent> stored, ReadDirection direction, CancellationToken cancellationToken)
    {
        if (direction is ReadDirection.Forward)
        {
            return await upcaster.UpcastAsync(tenant, stored, cancellationToken);
        }

        RecordedEvent[] oldestFirst = [.. stored.Reverse()];
        var upcast = await upcaster.UpcastAsync(tenant, oldestFirst, cancellationToken);
        return ReferenceEquals(upcast, oldestFirst) ? stored : [.. upcast.Reverse()];
    }
}
