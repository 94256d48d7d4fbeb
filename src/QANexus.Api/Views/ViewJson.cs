using System.Text.Json;
using QANexus.Api.Responses;
using QANexus.EventStore.Time;
using QANexus.EventStore.Views;

namespace QANexus.Api.Views;

/// <summary>Writes documents of views; their data is copied as the projection wrote it.</summary>
internal static class ViewJson
{
    private const int BytesBesideData = 512;

    public static ReadOnlyMemory<byte> Write(ViewDocument document) =>
        JsonText.Write(document.Data.Length + BytesBesideData, writer => Write(writer, document));

    public static ReadOnlyMemory<byte> Write(IReadOnlyList<ViewDocument> documents, string? nextLink) =>
        JsonText.Write(BytesBesideData + documents.Sum(static document => document.Data.Length + BytesBesideData), writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("value"u8);
            foreach (var document in documents)
            {
                Write(writer, document);
            }

            writer.WriteEndArray();
            if (nextLink is not null)
            {
                writer.WriteString("nextLink"u8, nextLink);
            }

            writer.WriteEndObject();
        });

    public static ReadOnlyMemory<byte> Write(RebuildStatus status) => JsonText.Write(BytesBesideData, writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("view"u8, status.View.Value);
        writer.WriteString("state"u8, StateOf(status.State));
        writer.WriteNumber("done"u8, status.Done);
        writer.WriteNumber("total"u8, status.Total);
        writer.WriteString("startedAt"u8, Rfc3339.Format(status.StartedAt));
        writer.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter writer, ViewDocument document)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, document.Id.Value);
        writer.WritePropertyName("data"u8);
        writer.WriteRawValue(document.Data.Span, skipInputValidation: true);
        if (document.Through is { } through)
        {
            writer.WriteStartObject("position"u8);
            writer.WriteString("aggregateType"u8, through.Stream.AggregateType.Value);
            writer.WriteString("aggregateId"u8, through.Stream.AggregateId.Value);
            writer.WriteNumber("version"u8, through.Version);
            writer.WriteNumber("commit"u8, through.Commit);
            writer.WriteString("storedAt"u8, Rfc3339.Format(through.StoredAt));
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static string StateOf(RebuildState state) => state switch
    {
        RebuildState.Waiting => "waiting",
        RebuildState.Building => "building",
        RebuildState.Removing => "removing",
        _ => "done",
    };
}
