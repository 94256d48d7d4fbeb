using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using QANexus.EventStore.Cosmos.Commits;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Time;

namespace QANexus.EventStore.Cosmos.Snapshots;

/// <summary>Reads and prints the store's own snapshot documents. Whatever is wrong with one is said, never thrown: a snapshot can be done without.</summary>
internal static class SnapshotJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static SnapshotDocument Read(ReadOnlyMemory<byte> json, TenantId tenant, StreamId stream)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        var read = new SnapshotDocument { ETag = Text(root, SnapshotFields.ETag), Revisions = Revisions(root) };
        if (read.Revisions is null)
        {
            return read with { Defect = "its revisions cannot be read" };
        }

        if (!Has(root, SnapshotFields.State) && !Has(root, SnapshotFields.Digest))
        {
            return read;
        }

        if (Text(root, SnapshotFields.Schema) is not { } schema
            || Number(root, SnapshotFields.Commit) is not { } commit
            || Number(root, SnapshotFields.Version) is not { } version
            || !Rfc3339.TryParse(Text(root, SnapshotFields.LatestStoredAt), out var latestStoredAt)
            || !Rfc3339.TryParse(Text(root, SnapshotFields.TakenAt), out var takenAt)
            || Text(root, SnapshotFields.State) is not { } text)
        {
            return read with { Defect = "a member is missing or of another type" };
        }

        var state = new StoredState(schema, new StreamPosition(commit, version), latestStoredAt, takenAt, text);
        return string.Equals(state.DigestFor(tenant, stream), Text(root, SnapshotFields.Digest), StringComparison.Ordinal)
            ? read with { State = state }
            : read with { Defect = "its digest does not match" };
    }

    /// <summary>A document with a state, or a tombstone without.</summary>
    public static ReadOnlyMemory<byte> Write(TenantId tenant, StreamId stream, StoredState? state, IReadOnlyDictionary<long, long> revisions)
    {
        var buffer = new ArrayBufferWriter<byte>(512 + (state?.Json.Length ?? 0));
        using var writer = new Utf8JsonWriter(buffer, Options);
        writer.WriteStartObject();
        writer.WriteString(SnapshotFields.Id, SnapshotFields.StateId);
        writer.WriteString(SnapshotFields.TenantId, tenant.StorageKey);
        writer.WriteString(SnapshotFields.StreamId, stream.ToString());
        if (state is not null)
        {
            writer.WriteString(SnapshotFields.Schema, state.Schema);
            writer.WriteNumber(SnapshotFields.Commit, state.Position.Commit);
            writer.WriteNumber(SnapshotFields.Version, state.Position.Version);
            writer.WriteString(SnapshotFields.LatestStoredAt, Rfc3339.Format(state.LatestStoredAt));
            writer.WriteString(SnapshotFields.TakenAt, Rfc3339.Format(state.TakenAt));
            writer.WriteString(SnapshotFields.State, state.Json);
            writer.WriteString(SnapshotFields.Digest, state.DigestFor(tenant, stream));
        }

        if (revisions.Count > 0)
        {
            writer.WriteStartObject(SnapshotFields.Revisions);
            foreach (var (commit, revision) in revisions.OrderBy(static pair => pair.Key))
            {
                writer.WriteNumber(CommitNumber.ToId(commit), revision);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    private static Dictionary<long, long>? Revisions(JsonElement root)
    {
        var revisions = new Dictionary<long, long>();
        if (!root.TryGetProperty(SnapshotFields.Revisions.EncodedUtf8Bytes, out var found))
        {
            return revisions;
        }

        if (found.ValueKind is not JsonValueKind.Object)
        {
            return null;
        }

        foreach (var member in found.EnumerateObject())
        {
            if (!CommitNumber.TryFromId(member.Name, out var commit) || member.Value.ValueKind is not JsonValueKind.Number
                || !member.Value.TryGetInt64(out var revision))
            {
                return null;
            }

            revisions[commit] = revision;
        }

        return revisions;
    }

    private static bool Has(JsonElement root, JsonEncodedText name) => root.TryGetProperty(name.EncodedUtf8Bytes, out _);

    private static string? Text(JsonElement root, JsonEncodedText name) =>
        root.TryGetProperty(name.EncodedUtf8Bytes, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    private static long? Number(JsonElement root, JsonEncodedText name) =>
        root.TryGetProperty(name.EncodedUtf8Bytes, out var value) && value.ValueKind is JsonValueKind.Number && value.TryGetInt64(out var number)
            ? number
            : null;
}
