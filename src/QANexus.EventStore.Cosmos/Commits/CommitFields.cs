using System.Text.Json;

namespace QANexus.EventStore.Cosmos.Commits;

/// <summary>The member names of a commit document; STORAGE.md describes each.</summary>
internal static class CommitFields
{
    public static readonly JsonEncodedText Id = JsonEncodedText.Encode("id");
    public static readonly JsonEncodedText TenantId = JsonEncodedText.Encode("tenantId");
    public static readonly JsonEncodedText StreamId = JsonEncodedText.Encode("streamId");
    public static readonly JsonEncodedText Version = JsonEncodedText.Encode("version");
    public static readonly JsonEncodedText Count = JsonEncodedText.Encode("count");
    public static readonly JsonEncodedText CommitId = JsonEncodedText.Encode("commitId");
    public static readonly JsonEncodedText Fingerprint = JsonEncodedText.Encode("fingerprint");
    public static readonly JsonEncodedText Part = JsonEncodedText.Encode("part");
    public static readonly JsonEncodedText EventTypes = JsonEncodedText.Encode("eventTypes");
    public static readonly JsonEncodedText StoredAt = JsonEncodedText.Encode("storedAt");
    public static readonly JsonEncodedText OccurredFrom = JsonEncodedText.Encode("occurredFrom");
    public static readonly JsonEncodedText OccurredTo = JsonEncodedText.Encode("occurredTo");
    public static readonly JsonEncodedText Metadata = JsonEncodedText.Encode("metadata");
    public static readonly JsonEncodedText Events = JsonEncodedText.Encode("events");
    public static readonly JsonEncodedText EventId = JsonEncodedText.Encode("eventId");
    public static readonly JsonEncodedText Type = JsonEncodedText.Encode("type");
    public static readonly JsonEncodedText SchemaVersion = JsonEncodedText.Encode("schemaVersion");
    public static readonly JsonEncodedText OccurredAt = JsonEncodedText.Encode("occurredAt");
    public static readonly JsonEncodedText Data = JsonEncodedText.Encode("data");
    public static readonly JsonEncodedText Redaction = JsonEncodedText.Encode("redaction");
    public static readonly JsonEncodedText Revision = JsonEncodedText.Encode("revision");
}
