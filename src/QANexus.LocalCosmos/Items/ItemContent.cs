using System.Text.Json;
using QANexus.LocalCosmos.Containers;
using QANexus.LocalCosmos.Documents;
using QANexus.LocalCosmos.Indexing;
using QANexus.LocalCosmos.Partitioning;
using QANexus.LocalCosmos.Routing;

namespace QANexus.LocalCosmos.Items;

/// <summary>A document to be stored, with everything that its container makes of it; the time to live is its own <c>ttl</c>.</summary>
internal sealed record ItemContent(ItemBody Body, IndexTerms Terms, IReadOnlyList<byte[]> UniqueKeys, int? TimeToLive)
{
    public string Id => Body.Id;

    public int Size => Body.Content.Length;

    /// <exception cref="RequestRefusedException">400 or 413: not a document of this logical partition.</exception>
    public static ItemContent Read(Container container, PartitionKeyValue partitionKey, ReadOnlyMemory<byte> body)
    {
        if (!ItemBody.TryParse(body, out var item, out var refusal))
            throw new RequestRefusedException(refusal.StatusCode, refusal.Reason);
        using var document = item.Parse();
        var definition = container.Definition;
        if (!definition.PartitionKey.TryExtract(document.RootElement, out var found) || !found.Equals(partitionKey))
        {
            throw RequestRefusedException.BadRequest(
                "PartitionKey extracted from document doesn't match the one specified in the header.", SubStatusCodes.PartitionKeyMismatch);
        }

        return new ItemContent(
            item, definition.Indexing.CollectTerms(document.RootElement), UniqueKeyEntries.Of(container, document.RootElement),
            ReadTimeToLive(document.RootElement));
    }

    private static int? ReadTimeToLive(JsonElement document)
    {
        if (!document.TryGetProperty("ttl", out var ttl) || ttl.ValueKind == JsonValueKind.Null)
            return null;
        if (ttl.ValueKind == JsonValueKind.Number && ttl.TryGetInt32(out var seconds) && (seconds == -1 || seconds > 0))
            return seconds;
        throw RequestRefusedException.BadRequest("The input ttl is invalid. It must be a positive number of seconds, or -1.");
    }
}
