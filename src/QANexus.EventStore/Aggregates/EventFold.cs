using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using QANexus.EventStore.Json;
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

    /// <summary>Why the data are none of the class; null where they are.</summary>
    public abstract JsonViolation? FindMisfit(JsonObjectText data);

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

        return evolve(state, Read(e.Data), e);
    }

    public override JsonViolation? FindMisfit(JsonObjectText data)
    {
        try
        {
            Read(data);
            return null;
        }
        catch (JsonException wrong)
        {
            return new JsonViolation("/data" + PointerOf(wrong.Path), $"is not what {Type} has there");
        }
        catch (Exception exception) when (exception is ArgumentException or OverflowException or InvalidOperationException or FormatException)
        {
            // Its constructor, or a converter's, has said no.
            return new JsonViolation("/data", $"is not what {Type} has there");
        }
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

    private TEvent Read(JsonObjectText data) => JsonSerializer.Deserialize(data.Utf8.Span, json) ?? throw new JsonException("the data are null");

    /// <summary>The reader's path, <c>$.items[0].title</c>, as a JSON pointer: only names of members that the class has are in it.</summary>
    private static string PointerOf(string? path) =>
        path is null ? string.Empty : path[1..].Replace('.', '/').Replace('[', '/').Replace("]", string.Empty, StringComparison.Ordinal);
}
