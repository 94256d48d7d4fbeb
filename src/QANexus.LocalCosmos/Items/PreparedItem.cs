using QANexus.LocalCosmos.Charging;
using QANexus.LocalCosmos.Containers;
using QANexus.LocalCosmos.Documents;
using QANexus.LocalCosmos.Partitioning;
using QANexus.LocalCosmos.Routing;

namespace QANexus.LocalCosmos.Items;

/// <summary>
/// An operation with everything computed that needs no look at what is stored, so that the one writer is not kept busy with parsing and hashing;
/// or its refusal, where that is clear without looking.
/// </summary>
internal sealed record PreparedItem(
    ItemOperation Operation, PartitionKeyValue PartitionKey, EffectivePartitionKey Key, string Id, ItemContent? Content, ItemOutcome? Refusal)
{
    public static PreparedItem Of(Container container, PartitionKeyValue partitionKey, EffectivePartitionKey key, ItemOperation operation)
    {
        try
        {
            var content = operation.Kind is ItemOperationKind.Create or ItemOperationKind.Upsert or ItemOperationKind.Replace
                ? ItemContent.Read(container, partitionKey, operation.Body)
                : null;
            var id = operation.Id ?? content?.Id ?? throw RequestRefusedException.BadRequest("The operation names no item.");
            if (content is not null && content.Id != id)
                throw RequestRefusedException.BadRequest("The id in the body is not the id of the item that is replaced.");
            if (content is null && !ItemId.IsValid(id, out var reason))
                throw RequestRefusedException.BadRequest(reason);
            return new PreparedItem(operation, partitionKey, key, id, content, Refusal: null);
        }
        catch (RequestRefusedException refusal)
        {
            return Refused(operation, refusal);
        }
    }

    public static PreparedItem Refused(ItemOperation operation, RequestRefusedException refusal) => new(
        operation, new PartitionKeyValue([]), EffectivePartitionKey.Minimum, operation.Id ?? "", Content: null,
        ItemOutcome.Refused(refusal, RequestCharge.RefusedWrite(operation.Body.Length)));
}
