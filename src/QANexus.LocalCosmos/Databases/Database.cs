using System.Text.Json;
using QANexus.LocalCosmos.ResourceIds;

namespace QANexus.LocalCosmos.Databases;

/// <summary>A database as the account knows it. Numbers are never given out twice.</summary>
internal sealed record Database(uint Number, string Id, long Revision, long Timestamp)
{
    public DatabaseRid Rid { get; } = new(Number);

    public string ETag => Resources.ETag.Of(Number, Revision);

    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("id", Id);
        writer.WriteString("_rid", Rid.ToString());
        writer.WriteString("_self", $"dbs/{Rid}/");
        writer.WriteString("_etag", ETag);
        writer.WriteString("_colls", "colls/");
        writer.WriteString("_users", "users/");
        writer.WriteNumber("_ts", Timestamp);
        writer.WriteEndObject();
    }
}
