using System.Text.Json;
using QANexus.EventStore.Json;
using QANexus.EventStore.Reading;

namespace QANexus.Api.Events;

/// <summary>
/// Writes an event's metadata: who and what caused its append, then its own members, one of which replaces the append's of the same name.
/// </summary>
internal static class EventMetadataJson
{
    public static void Write(Utf8JsonWriter writer, RecordedEvent e)
    {
        var own = OwnMembers(e.Metadata);
        var origin = e.Origin;
        writer.WriteStartObject();
        WriteUnlessOwn("actor", origin.Actor);
        WriteUnlessOwn("correlationId", origin.CorrelationId);
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
