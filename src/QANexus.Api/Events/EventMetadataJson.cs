using System.Text.Json;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Json;
using QANexus.EventStore.Reading;

namespace QANexus.Api.Events;

/// <summary>
/// Writes an event's metadata: who and what caused its append, then its own members, one of which replaces the append's of the same name.
/// </summary>
internal static class EventMetadataJson
{
    // W3C trace context: version, trace id, parent id and flags, two, 32, 16 and two hexadecimal digits.
    private static readonly Range TraceId = 3..35;
    private const int TraceParentLength = 55;

    public static void Write(Utf8JsonWriter writer, RecordedEvent e)
    {
        var own = OwnMembers(e.Metadata);
        var origin = e.Origin;
        writer.WriteStartObject();
        WriteUnlessOwn("actor", origin.Actor);
        WriteUnlessOwn("correlationId", CorrelationId(origin));
        WriteUnlessOwn("causationId", origin.CausationId);
        WriteUnlessOwn("source", origin.Source);
        WriteUnlessOwn("traceparent", origin.TraceParent);
        foreach (var (name, value) in own)
        {
            writer.WritePropertyName(name);
            writer.WriteRawValue(value.Span, skipInputValidation: true);
        }

        writer.WriteEndObject();

        void WriteUnlessOwn(string name, string? value)
        {
            if (value is not null && !own.Exists(member => member.Name == name))
            {
                writer.WriteString(name, value);
            }
        }
    }

    /// <summary>
    /// An append that names no transaction belongs to that of its trace. This is not stored: a retry comes with another trace, and is the same append.
    /// </summary>
    private static string? CorrelationId(AppendMetadata origin) =>
        origin.CorrelationId ?? (origin.TraceParent is { Length: TraceParentLength } trace ? trace[TraceId] : null);

    private static List<(string Name, ReadOnlyMemory<byte> Value)> OwnMembers(JsonObjectText? metadata)
    {
        List<(string, ReadOnlyMemory<byte>)> members = [];
        if (metadata is not { } text)
        {
            return members;
        }

        var reader = new Utf8JsonReader(text.Utf8.Span);
        reader.Read();
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            members.Add((name, text.Utf8[start..(int)reader.BytesConsumed]));
        }

        return members;
    }
}
