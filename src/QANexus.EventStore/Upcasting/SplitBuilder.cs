using System.Text.Json.Nodes;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Upcasting;

/// <summary>Names the events that one event is split into, in the order of their numbers.</summary>
public sealed class SplitBuilder
{
    private readonly SplitBuilder<object?> parts;

    internal SplitBuilder(SplitBuilder<object?> parts) => this.parts = parts;

    /// <summary>One event, whose data <paramref name="make"/> gives.</summary>
    public SplitBuilder Into(EventType type, int version, Func<JsonObject, RecordedEvent, JsonObject> make)
    {
        parts.Into(type, version, (data, e, _) => make(data, e));
        return this;
    }

    /// <summary>As many events as <paramref name="make"/> gives data for, possibly none.</summary>
    public SplitBuilder IntoMany(EventType type, int version, Func<JsonObject, RecordedEvent, IEnumerable<JsonObject>> make)
    {
        parts.IntoMany(type, version, (data, e, _) => make(data, e));
        return this;
    }
}
