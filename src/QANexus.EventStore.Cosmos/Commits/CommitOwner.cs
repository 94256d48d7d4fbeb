using System.Text.Json;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Cosmos.Commits;

/// <summary>Whose a commit document is.</summary>
internal static class CommitOwner
{
    /// <summary>
    /// Whether it belongs to the tenant. Asked of documents that were found by a range of hashes, which a position brings with it: what else lies in
    /// the range must not get out, however the range came about.
    /// </summary>
    public static bool Is(ReadOnlyMemory<byte> document, TenantId tenant)
    {
        var reader = new Utf8JsonReader(document.Span);
        JsonMembers.Enter(ref reader);
        while (JsonMembers.Next(ref reader))
        {
            if (reader.ValueTextEquals(CommitFields.TenantId.EncodedUtf8Bytes))
            {
                reader.Read();
                return reader.TokenType is JsonTokenType.String && reader.ValueTextEquals(tenant.StorageKey);
            }

            JsonMembers.Skip(ref reader);
        }

        return false;
    }
}
