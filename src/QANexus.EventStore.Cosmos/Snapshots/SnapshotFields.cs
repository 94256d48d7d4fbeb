using System.Text.Json;

namespace QANexus.EventStore.Cosmos.Snapshots;

/// <summary>The member names of the documents in the <c>snapshots</c> container; STORAGE.md describes each.</summary>
internal static class SnapshotFields
{
    /// <summary>The id of the store's own snapshot.</summary>
    public const string StateId = "state";

    /// <summary>The id of the snapshot that clients keep.</summary>
    public const string ClientId = "client";

    public static readonly JsonEncodedText Id = JsonEncodedText.Encode("id");
    public static readonly JsonEncodedText TenantId = JsonEncodedText.Encode("tenantId");
    public static readonly JsonEncodedText StreamId = JsonEncodedText.Encode("streamId");
    public static readonly JsonEncodedText Schema = JsonEncodedText.Encode("schema");
    public static readonly JsonEncodedText Commit = JsonEncodedText.Encode("commit");
    public static readonly JsonEncodedText Version = JsonEncodedText.Encode("version");
    public static readonly JsonEncodedText LatestStoredAt = JsonEncodedText.Encode("latestStoredAt");
    public static readonly JsonEncodedText TakenAt = JsonEncodedText.Encode("takenAt");
    public static readonly JsonEncodedText State = JsonEncodedText.Encode("state");
    public static readonly JsonEncodedText Digest = JsonEncodedText.Encode("digest");
    public static readonly JsonEncodedText Revisions = JsonEncodedText.Encode("revisions");
    public static readonly JsonEncodedText StoredAt = JsonEncodedText.Encode("storedAt");
    public static readonly JsonEncodedText ETag = JsonEncodedText.Encode("_etag");
}
