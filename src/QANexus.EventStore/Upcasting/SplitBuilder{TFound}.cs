using System.Text.Json.Nodes;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Upcasting;

/// <summary>Names the events that one event is split into, with something that was looked up.</summary>
/// <typeparam name="TFound">What was looked up.</typeparam>
public sealed class SplitBuilder<TFound>
{
    private readonly List<(EventTypeVersion Target, Func<JsonObject, RecordedEvent, TFound, IEnumerable<JsonObject>> Make)> parts = [];

    internal SplitBuilder()
    {
    }

    internal IReadOnlyList<EventTypeVersion> Targets => [.. parts.Select(static part => part.Target)];

    /// <inheritdoc cref="SplitBuilder.Into"/>
    public SplitBuilder<TFound> Into(EventType type, int version, Func<JsonObject, RecordedEvent, TFound, JsonObject> make) =>
        IntoMany(type, version, (data, e, found) => [make(data, e, found)]);

    /// <inheritdoc cref="SplitBuilder.IntoMany"/>
    public SplitBuilder<TFound> IntoMany(EventType type, int version, Func<JsonObject, RecordedEvent, TFound, IEnumerable<JsonObject>> make)
    {
        parts.Add((new EventTypeVersion(type, version), make));
        return this;
    }

    /// <summary>Each part works on a copy and is copied itself, so that no two share a node, whatever their makers return.</summary>
    internal IReadOnlyList<UpcastPart> Make(UpcastInput input, TFound found)
    {
        var made = new List<UpcastPart>();
        foreach (var (target, make) in parts)
        {
            made.AddRange(make(input.CopyData(), input.Event, found).Select(data => new UpcastPart(target, data.DeepClone().AsObject())));
        }

        return made;
    }
}
