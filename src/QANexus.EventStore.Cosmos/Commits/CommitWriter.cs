using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Time;
using QANexus.EventStore.Upcasting;

namespace QANexus.EventStore.Cosmos.Commits;

/// <summary>
/// Prints the commit documents of one append. The data and metadata of events go in as received, byte for byte; an append over about 64 KB
/// becomes several consecutive documents, which stay below the size from which a write is charged out of proportion.
/// </summary>
internal sealed class CommitWriter
{
    /// <summary>Event bytes from which a document takes no further event.</summary>
    private const int SplitBytes = 62 * 1024;

    /// <summary>What an event is printed with beside its data, metadata and ids, and what a document has beside its events: no buffer should have to grow.</summary>
    private const int EventEnvelopeBytes = 224;

    private const int DocumentEnvelopeBytes = 1_024;

    /// <summary>What the writer wants to have free before it prints anything.</summary>
    private const int SpareBytes = 512;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly TenantId tenant;
    private readonly AppendRequest request;
    private readonly EventCatalog catalog;
    private readonly DateTimeOffset storedAt;
    private readonly string fingerprint;
    private readonly ReadOnlyMemory<byte> printedEvents;
    private readonly List<Group> groups = [];

    public CommitWriter(
        TenantId tenant, AppendRequest request, EventCatalog catalog, string fingerprint, DateTimeOffset storedAt)
    {
        this.catalog = catalog;
        this.tenant = tenant;
        this.request = request;
        this.fingerprint = fingerprint;
        this.storedAt = storedAt;
        printedEvents = PrintEvents();
    }

    /// <summary>How many documents, and so commits, the append needs.</summary>
    public int Count => groups.Count;

    /// <summary>The documents of the append if it follows <paramref name="position"/>.</summary>
    public IReadOnlyList<CommitDraft> WriteAfter(StreamPosition position, IReadOnlyList<CommitId> commitIds)
    {
        var drafts = new CommitDraft[groups.Count];
        for (var i = 0; i < drafts.Length; i++)
        {
            var number = position.Commit + 1 + i;
            var part = drafts.Length == 1 ? (CommitPart?)null : new CommitPart(position.Commit + 1, i, drafts.Length);
            var body = Print(number, position.Version + 1 + groups[i].FirstEvent, commitIds[i], groups[i], part);
            drafts[i] = new CommitDraft(CommitNumber.ToId(number), body);
        }

        return drafts;
    }

    private ReadOnlyMemory<byte> PrintEvents()
    {
        var size = request.Events.Sum(static e => EventEnvelopeBytes + e.Data.Utf8.Length + (e.Metadata?.Utf8.Length ?? 0));
        var buffer = new ArrayBufferWriter<byte>(SpareBytes + size);
        using var writer = new Utf8JsonWriter(buffer, Options);
        var group = new Group(0, 0, 0, 0);
        for (var i = 0; i < request.Events.Count; i++)
        {
            var start = buffer.WrittenCount;
            WriteEvent(writer, request.Events[i]);
            writer.Flush();
            writer.Reset();
            // A comma after each; the last one of a document is cut off again.
            buffer.Write(","u8);
            var length = buffer.WrittenCount - start;
            if (group.Events > 0 && group.Length + length > SplitBytes)
            {
                groups.Add(group);
                group = new Group(i, 0, start, 0);
            }

            group = group with { Events = group.Events + 1, Length = group.Length + length };
        }

        groups.Add(group);
        return buffer.WrittenMemory;
    }

    private void WriteEvent(Utf8JsonWriter writer, NewEvent e)
    {
        writer.WriteStartObject();
        if (e.Id is { } id)
        {
            writer.WriteString(CommitFields.EventId, id.Value);
        }

        writer.WriteString(CommitFields.Type, e.Type.Value);
        writer.WriteNumber(CommitFields.SchemaVersion, e.SchemaVersion ?? catalog.LatestVersion(e.Type));
        writer.WriteString(CommitFields.OccurredAt, Rfc3339.Format(e.OccurredAt ?? storedAt));
        writer.WritePropertyName(CommitFields.Data);
        writer.WriteRawValue(e.Data.Utf8.Span, skipInputValidation: true);
        if (e.Metadata is { } metadata)
        {
            writer.WritePropertyName(CommitFields.Metadata);
            writer.WriteRawValue(metadata.Utf8.Span, skipInputValidation: true);
        }

        writer.WriteEndObject();
    }

    private ArraySegment<byte> Print(long number, long version, CommitId commitId, Group group, CommitPart? part)
    {
        var buffer = new ArrayBufferWriter<byte>(group.Length + DocumentEnvelopeBytes);
        using var writer = new Utf8JsonWriter(buffer, Options);
        var events = request.Events.Skip(group.FirstEvent).Take(group.Events).ToList();
        writer.WriteStartObject();
        writer.WriteString(CommitFields.Id, CommitNumber.ToId(number));
        writer.WriteString(CommitFields.TenantId, tenant.StorageKey);
        writer.WriteString(CommitFields.StreamId, request.Stream.ToString());
        writer.WriteNumber(CommitFields.Version, version);
        writer.WriteNumber(CommitFields.Count, group.Events);
        writer.WriteString(CommitFields.CommitId, commitId.Value);
        writer.WriteString(CommitFields.Fingerprint, fingerprint);
        if (part is { } place)
        {
            writer.WritePropertyName(CommitFields.Part);
            JsonSerializer.Serialize(writer, place, CommitJson.Default.CommitPart);
        }

        writer.WriteStartArray(CommitFields.EventTypes);
        foreach (var type in events.Select(static e => e.Type.Value).Distinct(StringComparer.Ordinal))
        {
            writer.WriteStringValue(type);
        }

        writer.WriteEndArray();
        writer.WriteString(CommitFields.StoredAt, Rfc3339.FormatSortable(storedAt));
        writer.WriteString(CommitFields.OccurredFrom, Rfc3339.FormatSortable(events.Min(e => e.OccurredAt ?? storedAt)));
        writer.WriteString(CommitFields.OccurredTo, Rfc3339.FormatSortable(events.Max(e => e.OccurredAt ?? storedAt)));
        writer.WritePropertyName(CommitFields.Metadata);
        JsonSerializer.Serialize(writer, StoredOrigin.From(request.Metadata), CommitJson.Default.StoredOrigin);
        writer.WritePropertyName(CommitFields.Events);
        writer.WriteRawValue("["u8, skipInputValidation: true);
        writer.Flush();
        buffer.Write(printedEvents.Span.Slice(group.Start, group.Length - 1));
        buffer.Write("]}"u8);
        return MemoryMarshal.TryGetArray(buffer.WrittenMemory, out var body) ? body : buffer.WrittenSpan.ToArray();
    }

    /// <summary>Consecutive events that go into one document: which, and where their text is.</summary>
    private readonly record struct Group(int FirstEvent, int Events, int Start, int Length);
}
