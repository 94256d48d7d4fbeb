using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Aggregates;

/// <summary>What an aggregate knows of one event type.</summary>
internal abstract class EventFold<TState>(EventType type, Type dataClass)
{
    public EventType Type { get; } = type;

    /// <summary>The class of its data.</summary>
    public Type Class { get; } = dataClass;

    public abstract TState Evolve(TState state, RecordedEvent e);

    /// <summary>The data in JSON.</summary>
    public abstract ReadOnlyMemory<byte> Write(object data);
}

/// <inheritdoc/>
internal sealed class EventFold<TState, TEvent>(
    EventType type,
    JsonTypeInfo<TEvent> json,
    Func<TState, TEvent, RecordedEvent, TState> evolve,
    Func<TState, RecordedEvent, TState> evolveRedacted)
    : EventFold<TState>(type, typeof(TEvent))
    where TEvent : class
{
    // Stored text is read by people, too: only what JSON demands is escaped.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public override TState Evolve(TState state, RecordedEvent e)
    {
        if (e.Redaction is not null)
        {
            return evolveRedacted(state, e);
        }

        var data = JsonSerializer.Deserialize(e.Data.Utf8.Span, json) ?? throw new JsonException("the data are null");
        return evolve(state, data, e);
    }

    public override ReadOnlyMemory<byte> Write(object data)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, Plain))
        {
            JsonSerializer.Serialize(writer, (TEvent)data, json);
        }

        return buffer.WrittenMemory;
    }
}
