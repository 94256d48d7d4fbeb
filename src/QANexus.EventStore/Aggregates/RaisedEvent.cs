using QANexus.EventStore.Json;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Aggregates;

/// <summary>An event of a decision, with what is not in its data.</summary>
/// <param name="Data">What happened: an instance of a class that the definition registered.</param>
public sealed record RaisedEvent(object Data)
{
    /// <summary>When it happened; where nothing is said, when it is stored.</summary>
    public DateTimeOffset? OccurredAt { get; init; }

    /// <summary>An id of the caller's own; where nothing is said, the event is named after its stream and version.</summary>
    public EventId? Id { get; init; }

    /// <summary>What is kept beside the data.</summary>
    public JsonObjectText? Metadata { get; init; }
}
