using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Cosmos.Commits;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Json;
using QANexus.EventStore.Snapshots;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Time;

namespace QANexus.EventStore.Cosmos.Snapshots;

/// <summary>Reads and prints the snapshot documents of clients, whose state goes in as received and comes out as stored.</summary>
internal static class ClientSnapshotJson
{
    // The state was checked when it was received.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <exception cref="CorruptStreamException">It is no such document.</exception>
    public static (KeptSnapshot Kept, string ETag) Read(ReadOnlyMemory<byte> json, StreamId stream)
    {
        var version = 0L;
        var state = ReadOnlyMemory<byte>.Empty;
        string? schema = null, digest = null, etag = null;
        DateTimeOffset? storedAt = null;
        var reader = new Utf8JsonReader(json.Span);
        try
        {
            JsonMembers.Enter(ref reader);
            while (JsonMembers.Next(ref reader))
            {
                if (reader.ValueTextEquals(SnapshotFields.Version.EncodedUtf8Bytes))
                {
                    version = JsonMembers.Number(ref reader);
                }
                else if (reader.ValueTextEquals(SnapshotFields.Schema.EncodedUtf8Bytes))
                {
                    schema = JsonMembers.Text(ref reader);
                }
                else if (reader.ValueTextEquals(SnapshotFields.StoredAt.EncodedUtf8Bytes))
                {
                    storedAt = JsonMembers.Time(ref reader);
                }
                else if (reader.ValueTextEquals(SnapshotFields.Digest.EncodedUtf8Bytes))
                {
                    digest = JsonMembers.Text(ref reader);
                }
                else if (reader.ValueTextEquals(SnapshotFields.ETag.EncodedUtf8Bytes))
                {
                    etag = JsonMembers.Text(ref reader);
                }
                else if (reader.ValueTextEquals(SnapshotFields.State.EncodedUtf8Bytes))
                {
                    state = JsonMembers.Slice(ref reader, json);
                }
                else
                {
                    JsonMembers.Skip(ref reader);
                }
            }

            var snapshot = new ClientSnapshot(version, SnapshotSchema.Parse(schema ?? string.Empty), JsonObjectText.FromStore(state));
            var stored = storedAt ?? throw new FormatException("it does not say when it was stored");
            return (new KeptSnapshot(snapshot, stored, digest ?? string.Empty), etag ?? string.Empty);
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException)
        {
            throw new CorruptStreamException(stream, $"the document of its clients' snapshot cannot be read: {exception.Message}", exception);
        }
    }

    public static byte[] Write(TenantId tenant, StreamId stream, KeptSnapshot kept)
    {
        var buffer = new ArrayBufferWriter<byte>(512 + kept.Snapshot.State.Utf8.Length);
        using var writer = new Utf8JsonWriter(buffer, Options);
        writer.WriteStartObject();
        writer.WriteString(SnapshotFields.Id, SnapshotFields.ClientId);
        writer.WriteString(SnapshotFields.TenantId, tenant.StorageKey);
        writer.WriteString(SnapshotFields.StreamId, stream.ToString());
        writer.WriteNumber(SnapshotFields.Version, kept.Snapshot.Version);
        writer.WriteString(SnapshotFields.Schema, kept.Snapshot.Schema.Value);
        writer.WriteString(SnapshotFields.StoredAt, Rfc3339.Format(kept.StoredAt));
        writer.WriteString(SnapshotFields.Digest, kept.Digest);
        writer.WritePropertyName(SnapshotFields.State);
        writer.WriteRawValue(kept.Snapshot.State.Utf8.Span, skipInputValidation: true);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    public static string DigestOf(ClientSnapshot snapshot)
    {
        using var hash = new FingerprintHash();
        hash.Add(snapshot.Version);
        hash.Add(snapshot.Schema.Value);
        hash.Add(snapshot.State.Utf8.Span);
        return hash.Finish().Value;
    }
}
