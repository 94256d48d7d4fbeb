using System.Text.Json;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Time;

namespace QANexus.Api.Events;

/// <summary>Writes events as every read of the API shows them. What their authors wrote is copied byte for byte.</summary>
internal static class EventJson
{
    private const int BytesBesideData = 768;

    /// <summary>About how many bytes a page of these takes.</summary>
    public static int ExpectedBytes(IReadOnlyList<RecordedEvent> events)
    {
        var bytes = (long)BytesBesideData;
        foreach (var e in events)
        {
            bytes += BytesBesideData + e.Data.Utf8.Length + (e.Metadata?.Utf8.Length ?? 0);
        }

        return (int)Math.Min(bytes, Array.MaxLength);
    }

    /// <summary>Writes the member <c>value</c> with all of them.</summary>
    public static void WriteAll(Utf8JsonWriter writer, IReadOnlyList<RecordedEvent> events)
    {
        writer.WriteStartArray("value"u8);
        foreach (var e in events)
        {
            Write(writer, e);
        }

        writer.WriteEndArray();
    }

    public static void Write(Utf8JsonWriter writer, RecordedEvent e)
    {
        writer.WriteStartObject();
        writer.WriteString("eventId"u8, e.Id.Value);
        writer.WriteString("type"u8, e.Type.Value);
        writer.WriteNumber("schemaVersion"u8, e.SchemaVersion);
        writer.WriteString("aggregateType"u8, e.Stream.AggregateType.Value);
        writer.WriteString("aggregateId"u8, e.Stream.AggregateId.Value);
        writer.WriteNumber("version"u8, e.Version);
        writer.WriteNumber("commit"u8, e.Commit);
        writer.WriteString("occurredAt"u8, Rfc3339.Format(e.OccurredAt));
        writer.WriteString("storedAt"u8, Rfc3339.Format(e.StoredAt));
        writer.WritePropertyName("data"u8);
        writer.WriteRawValue(e.Data.Utf8.Span, skipInputValidation: true);
        writer.WritePropertyName("metadata"u8);
        EventMetadataJson.Write(writer, e);
        if (e.Redaction is { } redaction)
        {
            writer.WriteStartObject("redaction"u8);
            writer.WriteString("at"u8, Rfc3339.Format(redaction.At));
            writer.WriteString("by"u8, redaction.By);
            writer.WriteString("reason"u8, redaction.Reason);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }
}
