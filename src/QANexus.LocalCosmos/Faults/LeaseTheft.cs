using System.Text.Json;
using System.Text.Json.Nodes;
using QANexus.LocalCosmos.Accounts;
using QANexus.LocalCosmos.Containers;
using QANexus.LocalCosmos.Documents;
using QANexus.LocalCosmos.Gateway;
using QANexus.LocalCosmos.Items;
using QANexus.LocalCosmos.Partitioning;
using QANexus.LocalCosmos.Routing;
using QANexus.LocalCosmos.Storage;

namespace QANexus.LocalCosmos.Faults;

/// <summary>Gives the lease that a request is about to another owner, as a host does that takes it over.</summary>
internal sealed class LeaseTheft(AccountData account, FaultRules rules)
{
    /// <summary>Does nothing where no rule is about the request, or what it is about is no lease: that request is refused on its own way.</summary>
    public async Task StealAsync(GatewayRequest request, Route route)
    {
        foreach (var rule in rules.Find<LeaseTheftFault>(route.Kind, route.Container))
        {
            try
            {
                await StealAsync(request, route, rule);
            }
            catch (RequestRefusedException)
            {
                // No such container, no key: the request is refused for the same reason, with the headers that belong to it.
            }
        }
    }

    private async Task StealAsync(GatewayRequest request, Route route, ActiveFault rule)
    {
        var thief = ((LeaseTheftFault)rule.Fault).Thief;
        var container = account.ContainerOfItems(route);
        var partitionKey = ItemKey.OfRequest(request, container);
        var key = EffectivePartitionKey.Of(partitionKey, container.Definition.PartitionKey.Kind);
        if (account.Store.Read(connection => Steal(connection, container, key, route.Item!, thief)) is null || !rule.Strikes())
            return;
        await account.WriteItemsAsync(container, size: 0, (connection, current, now) =>
        {
            // It may have changed hands in between; then there is nothing to be taken any more.
            if (Steal(connection, current, key, route.Item!, thief) is not { } stolen)
                return false;
            var operation = new ItemOperation(ItemOperationKind.Replace) { Id = route.Item, Body = stolen };
            var transaction = new ItemTransaction(connection, current, current.RangeOf(key), now);
            transaction.Apply(PreparedItem.Of(current, partitionKey, key, operation));
            transaction.Complete();
            return true;
        });
    }

    /// <summary>The lease as it is once stolen; null where there is none, or nobody to steal it from.</summary>
    private static byte[]? Steal(StoreConnection connection, Container container, EffectivePartitionKey key, string id, string thief)
    {
        if (new ItemTable(connection, container).Find(key, id) is not { } row
            || JsonNode.Parse(row.Body, documentOptions: JsonText.DocumentOptions) is not JsonObject lease
            || !lease.ContainsKey("LeaseToken")
            || lease["Owner"] is not JsonValue owner || owner.GetValueKind() != JsonValueKind.String || owner.GetValue<string>() == thief)
            return null;
        lease["Owner"] = thief;
        return JsonSerializer.SerializeToUtf8Bytes(lease);
    }
}
