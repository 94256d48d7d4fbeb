using QANexus.EventStore.Failures;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Querying;

/// <summary>Finds events across all streams of one tenant.</summary>
public interface IEventQueries
{
    /// <summary>One page of the events that match.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <exception cref="UpcastingFailedException">An upcasting step failed.</exception>
    /// <exception cref="UnknownSchemaVersionException">An event is of a newer version than this build knows.</exception>
    /// <exception cref="StoreThrottledException">No request units are left.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer.</exception>
    Task<EventPage> QueryAsync(EventQuery query, CancellationToken cancellationToken);

    /// <summary>How many events there are, as stored, of a type and of an aggregate type where these are given.</summary>
    /// <exception cref="StoreThrottledException">No request units are left.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer.</exception>
    Task<EventCount> CountAsync(EventType? type, AggregateType? aggregateType, CancellationToken cancellationToken);

    /// <summary>
    /// The event of this id. An id that the store gave is found without an index; of several events with the same id of their callers, the one
    /// stored first. In its latest form a part of an event has an id of its own, <c>{eventId}.{n}</c>; an event whose own id looks the same goes first.
    /// </summary>
    /// <exception cref="UpcastingFailedException">An upcasting step failed.</exception>
    /// <exception cref="UnknownSchemaVersionException">The event is of a newer version than this build knows.</exception>
    /// <exception cref="StoreThrottledException">No request units are left.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer.</exception>
    Task<FoundEvent> FindAsync(EventId id, EventForm form, CancellationToken cancellationToken);
}
