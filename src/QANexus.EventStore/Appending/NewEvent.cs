using QANexus.EventStore.Json;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Appending;

/// <summary>An event to be appended.</summary>
public sealed record NewEvent
{
    /// <summary>What kind of event.</summary>
    public required EventType Type { get; init; }

    /// <summary>What happened: at most <see cref="AppendLimits.MaxDataBytes"/>.</summary>
    public required JsonObjectText Data { get; init; }

    /// <summary>The caller's own id, if any; otherwise the event is <see cref="EventId.At"/> its stream and version.</summary>
    public EventId? Id { get; init; }

    /// <summary>The version of the type's schema that <see cref="Data"/> is written in; 1 where nothing is said.</summary>
    public int? SchemaVersion { get; init; }

    /// <summary>When it happened; where nothing is said, when it is stored.</summary>
    public DateTimeOffset? OccurredAt { get; init; }

    /// <summary>
    /// What the caller wants to keep beside the data: at most <see cref="AppendLimits.MaxMetadataBytes"/>. The names <c>actor</c> and
    /// <c>traceparent</c> are the store's own.
    /// </summary>
    public JsonObjectText? Metadata { get; init; }
}
