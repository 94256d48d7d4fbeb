using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;

namespace QANexus.ReadModels;

/// <summary>The data of events as the classes that the domain has for them.</summary>
internal static class EventData
{
    /// <summary>The type of the events that a class stands for.</summary>
    public static EventType TypeOf<TEvent>() => EventType.Parse(typeof(TEvent).Name);

    /// <summary>Whether it is an event of that class.</summary>
    public static bool Is<TEvent>(this RecordedEvent e) => string.Equals(e.Type.Value, typeof(TEvent).Name, StringComparison.Ordinal);

    /// <summary>Whether it happened to an aggregate of that type: clients can give events of their own the same names.</summary>
    public static bool IsOf(this RecordedEvent e, string aggregateType) => string.Equals(e.Stream.AggregateType.Value, aggregateType, StringComparison.Ordinal);

    /// <summary>An event's data; what a client left out has the default of the class, and so has everything of a redacted event.</summary>
    /// <exception cref="JsonException">The data are not what the class takes.</exception>
    public static TEvent Read<TEvent>(this RecordedEvent e, JsonTypeInfo<TEvent> json)
        where TEvent : class => JsonSerializer.Deserialize(e.Data.Utf8.Span, json)!;
}
