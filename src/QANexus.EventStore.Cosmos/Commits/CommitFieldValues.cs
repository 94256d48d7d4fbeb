using System.Text.Json;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Cosmos.Commits;

/// <summary>The members of a commit document while it is being read, in whatever order they come.</summary>
internal sealed class CommitFieldValues
{
    private readonly List<EventFieldValues> events = [];
    private long version;
    private string? commitId;
    private string? fingerprint;
    private DateTimeOffset? storedAt;
    private CommitPart? part;
    private long revision;
    private StoredOrigin? origin;

    public string? Id { get; private set; }

    public string? StreamId { get; private set; }

    public void Read(ReadOnlyMemory<byte> document)
    {
        var reader = new Utf8JsonReader(document.Span);
        JsonMembers.Enter(ref reader);
        while (JsonMembers.Next(ref reader))
        {
            if (reader.ValueTextEquals(CommitFields.Id.EncodedUtf8Bytes))
            {
                Id = JsonMembers.Text(ref reader);
            }
            else if (reader.ValueTextEquals(CommitFields.StreamId.EncodedUtf8Bytes))
            {
                StreamId = JsonMembers.Text(ref reader);
            }
            else if (reader.ValueTextEquals(CommitFields.Version.EncodedUtf8Bytes))
            {
                version = JsonMembers.Number(ref reader);
            }
            else if (reader.ValueTextEquals(CommitFields.CommitId.EncodedUtf8Bytes))
            {
                commitId = JsonMembers.Text(ref reader);
            }
            else if (reader.ValueTextEquals(CommitFields.Fingerprint.EncodedUtf8Bytes))
            {
                fingerprint = JsonMembers.Text(ref reader);
            }
            else if (reader.ValueTextEquals(CommitFields.StoredAt.EncodedUtf8Bytes))
            {
                storedAt = JsonMembers.Time(ref reader);
            }
            else if (reader.ValueTextEquals(CommitFields.Revision.EncodedUtf8Bytes))
            {
                revision = JsonMembers.Number(ref reader);
            }
            else if (reader.ValueTextEquals(CommitFields.Part.EncodedUtf8Bytes))
            {
                part = JsonSerializer.Deserialize(ref reader, CommitJson.Default.CommitPart);
            }
            else if (reader.ValueTextEquals(CommitFields.Metadata.EncodedUtf8Bytes))
            {
                origin = JsonSerializer.Deserialize(ref reader, CommitJson.Default.StoredOrigin);
            }
            else if (reader.ValueTextEquals(CommitFields.Events.EncodedUtf8Bytes))
            {
                ReadEvents(ref reader, document);
            }
            else
            {
                JsonMembers.Skip(ref reader);
            }
        }
    }

    public Commit ToCommit(StreamId? expected)
    {
        var name = StreamId ?? throw new FormatException("it names no stream");
        var stream = expected is { } wanted && wanted.IsNamed(name) ? wanted : Streams.StreamId.Parse(name);
        if (expected is not null && stream != expected)
        {
            throw new FormatException($"it belongs to stream {stream}");
        }

        if (events.Count == 0 || version < 1)
        {
            throw new FormatException("it has no events or no version");
        }

        var number = CommitNumber.FromId(Id);
        var stored = storedAt ?? throw new FormatException("it does not say when it was stored");
        var metadata = origin?.ToMetadata() ?? new AppendMetadata();
        var recorded = new RecordedEvent[events.Count];
        for (var i = 0; i < recorded.Length; i++)
        {
            recorded[i] = events[i].ToEvent(stream, version + i, number, stored, metadata);
        }

        return new Commit
        {
            Number = number,
            Stream = stream,
            CommitId = CommitId.Parse(commitId ?? string.Empty),
            Fingerprint = fingerprint ?? throw new FormatException("it has no fingerprint"),
            StoredAt = stored,
            Part = part,
            Revision = revision,
            Events = recorded,
        };
    }

    private void ReadEvents(ref Utf8JsonReader reader, ReadOnlyMemory<byte> document)
    {
        reader.Read();
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            events.Add(EventFieldValues.Read(ref reader, document));
        }
    }
}
