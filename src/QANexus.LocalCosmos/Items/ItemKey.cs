using QANexus.LocalCosmos.Containers;
using QANexus.LocalCosmos.Gateway;
using QANexus.LocalCosmos.Partitioning;
using QANexus.LocalCosmos.Routing;

namespace QANexus.LocalCosmos.Items;

/// <summary>The partition key of an operation on items: complete, and hashed.</summary>
internal static class ItemKey
{
    /// <exception cref="RequestRefusedException">400: no key, or not one of this container.</exception>
    public static PartitionKeyValue OfRequest(GatewayRequest request, Container container) => Parse(
        request.Header(CosmosHeaders.PartitionKey)
            ?? throw RequestRefusedException.BadRequest("PartitionKey value must be supplied for this operation."),
        container);

    /// <exception cref="RequestRefusedException">400: not a key of this container.</exception>
    public static PartitionKeyValue Parse(string json, Container container)
    {
        if (!PartitionKeyValue.TryParse(json, out var key))
            throw RequestRefusedException.BadRequest("The partition key is not a JSON array of scalars.");
        if (key.Components.Count != container.Definition.PartitionKey.Paths.Count)
        {
            throw RequestRefusedException.BadRequest(
                "Partition key provided either doesn't correspond to definition in the collection or doesn't match partition key field values specified in the document.",
                SubStatusCodes.PartitionKeyMismatch);
        }

        return key.CountBytes() <= PartitionKeyValue.MaxBytes
            ? key
            : throw RequestRefusedException.BadRequest($"The partition key has more than {PartitionKeyValue.MaxBytes} bytes.");
    }
}
