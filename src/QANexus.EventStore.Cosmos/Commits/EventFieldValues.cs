using System.Text.Json;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Json;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Cosmos.Commits;

/// <summary>The members of one event of a commit document while it is being read.</summary>
internal sealed class EventFieldValues
{
    private string? eventId;
    private string? type;
    private int schemaVersion = 1;
    private DateTimeOffset? occurredAt;
    private ReadOnlyMemory<byte> data;
    private ReadOnlyMemory<byte>? metadata;
    private Redaction? redaction;

    /// <summary>Reads the event whose opening brace is the current token.</summary>
    public static EventFieldValues Read(ref Utf8JsonReader reader, ReadOnlyMemory<byte> document)
    {
        var fields = new EventFieldValues();
        while (JsonMembers.Next(ref reader))
        {
            if (reader.ValueTextEquals(CommitFields.EventId.EncodedUtf8Bytes))
            {
                fields.eventId = JsonMembers.Text(ref reader);
            }
            else if (reader.ValueTextEquals(CommitFields.Type.EncodedUtf8Bytes))
            {
                fields.type = JsonMembers.Text(ref reader);
            }
            else if (reader.ValueTextEquals(CommitFields.SchemaVersion.EncodedUtf8Bytes))
            {
                fields.schemaVersion = checked((int)JsonMembers.Number(ref reader));
            }
            else if (reader.ValueTextEquals(CommitFields.OccurredAt.EncodedUtf8Bytes))
            {
                fields.occurredAt = JsonMembers.Time(ref reader);
            }
            else if (reader.ValueTextEquals(CommitFields.Data.EncodedUtf8Bytes))
            {
                fields.data = JsonMembers.Slice(ref reader, document);
            }
            else if (reader.ValueTextEquals(CommitFields.Metadata.EncodedUtf8Bytes))
            {
                fields.metadata = JsonMembers.Slice(ref reader, document);
            }
            else if (reader.ValueTextEquals(CommitFields.Redaction.EncodedUtf8Bytes))
            {
                fields.redaction = JsonSerializer.Deserialize(ref reader, CommitJson.Default.Redaction);
            }
            else
            {
                JsonMembers.Skip(ref reader);
            }
        }

        return fields;
    }

    public RecordedEvent ToEvent(StreamId stream, long version, long commit, DateTimeOffset storedAt, AppendMetadata origin) => new()
    {
        Id = eventId is null ? EventId.At(stream, version) : Own(eventId),
        Type = EventType.Parse(type ?? string.Empty),
        SchemaVersion = schemaVersion,
        Stream = stream,
        Version = version,
        Commit = commit,
        OccurredAt = occurredAt ?? throw new FormatException("an event does not say when it occurred"),
        StoredAt = storedAt,
        Data = JsonObjectText.FromStore(data),
        Metadata = metadata is { } text ? JsonObjectText.FromStore(text) : null,
        Origin = origin,
        Redaction = redaction,
    };

    private static EventId Own(string text) =>
        EventId.TryParseOwn(text, out var id) ? id : throw new FormatException($"'{text}' is not an event id");
}
