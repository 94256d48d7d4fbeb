using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using QANexus.EventStore.Cosmos.Commits;
using QANexus.EventStore.Cosmos.Subscriptions;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Views;

namespace QANexus.EventStore.Cosmos.Views;

/// <summary>Prints and reads documents of the <c>views</c> container; their data stays as the projection wrote it.</summary>
internal static class ViewJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static byte[] Write(TenantId tenant, ViewVersion version, StoredView view)
    {
        using var buffer = new MemoryStream((view.Data?.Length ?? 0) + (view.Entry?.Length ?? 0) + 512);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            writer.WriteString("id"u8, view.Id);
            writer.WriteString("tenantId"u8, tenant.StorageKey);
            writer.WriteString("view"u8, version.StorageKey);
            if (view.Data is { } data)
            {
                writer.WritePropertyName("data"u8);
                writer.WriteRawValue(data.Span, skipInputValidation: true);
            }

            if (view.Through is { } through)
            {
                writer.WritePropertyName("through"u8);
                JsonSerializer.Serialize(
                    writer, new Place(through.Stream.ToString(), through.Commit, through.Version, through.StoredAt), ViewsJson.Default.Place);
            }

            if (view.Checkpoint is { } checkpoint)
            {
                writer.WriteString("streamId"u8, view.Stream.ToString());
                writer.WritePropertyName("checkpoint"u8);
                JsonSerializer.Serialize(writer, CheckpointJson.From(checkpoint), ViewsJson.Default.CheckpointJson);
                if (checkpoint.ParkedCount > 0)
                {
                    writer.WriteNumber("parked"u8, checkpoint.ParkedCount);
                }
            }

            if (view.Entry is { } entry)
            {
                writer.WritePropertyName("entry"u8);
                writer.WriteRawValue(entry.Span, skipInputValidation: true);
            }

            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }

    public static StoredView Read(ReadOnlyMemory<byte> text)
    {
        var view = new StoredView(string.Empty);
        var reader = new Utf8JsonReader(text.Span);
        JsonMembers.Enter(ref reader);
        while (JsonMembers.Next(ref reader))
        {
            if (reader.ValueTextEquals("id"u8))
            {
                view = view with { Id = JsonMembers.Text(ref reader)! };
            }
            else if (reader.ValueTextEquals("_etag"u8))
            {
                view = view with { Tag = JsonMembers.Text(ref reader) };
            }
            else if (reader.ValueTextEquals("data"u8))
            {
                view = view with { Data = JsonMembers.Slice(ref reader, text) };
            }
            else if (reader.ValueTextEquals("entry"u8))
            {
                view = view with { Entry = JsonMembers.Slice(ref reader, text) };
            }
            else if (reader.ValueTextEquals("streamId"u8))
            {
                view = view with { Stream = StreamId.Parse(JsonMembers.Text(ref reader)!) };
            }
            else if (reader.ValueTextEquals("checkpoint"u8))
            {
                view = view with { Checkpoint = JsonSerializer.Deserialize(ref reader, ViewsJson.Default.CheckpointJson)!.ToCheckpoint() };
            }
            else if (reader.ValueTextEquals("through"u8))
            {
                var place = JsonSerializer.Deserialize(ref reader, ViewsJson.Default.Place)!;
                view = view with { Through = new ViewPosition(StreamId.Parse(place.StreamId), place.Commit, place.Version, place.StoredAt) };
            }
            else
            {
                JsonMembers.Skip(ref reader);
            }
        }

        return view;
    }

    internal sealed record Place(string StreamId, long Commit, long Version, DateTimeOffset StoredAt);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(CheckpointJson))]
[JsonSerializable(typeof(ViewJson.Place))]
[JsonSerializable(typeof(ViewVersionsDocument))]
[JsonSerializable(typeof(RebuildDocument))]
internal sealed partial class ViewsJson : JsonSerializerContext;
