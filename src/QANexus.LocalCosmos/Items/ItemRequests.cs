using QANexus.LocalCosmos.Accounts;
using QANexus.LocalCosmos.Gateway;
using QANexus.LocalCosmos.Partitioning;
using QANexus.LocalCosmos.Routing;
using QANexus.LocalCosmos.Sessions;

namespace QANexus.LocalCosmos.Items;

/// <summary>Operations on one item.</summary>
internal sealed class ItemRequests(AccountData account, SessionReads reads)
{
    public GatewayResponse Read(DataRequest data)
    {
        var container = data.Container;
        var key = EffectivePartitionKey.Of(ItemKey.OfRequest(data.Request, container), container.Definition.PartitionKey.Kind);
        var range = container.RangeOf(key);
        var operation = OperationOf(data, ItemOperationKind.Read);
        var now = account.Now;
        var read = reads.Read(data, range, connection =>
        {
            var stored = new ItemTable(connection, container).Find(key, operation.Id!);
            return stored?.IsExpired(container.Definition.DefaultTimeToLive, now) == true ? null : stored;
        });
        var outcome = ItemTransaction.ReadOutcome(container, operation, read.Result);
        return outcome.ToResponse().WithItemHeaders(container, range, read.Lsn, outcome.Charge);
    }

    public async Task<GatewayResponse> WriteAsync(DataRequest data, ItemOperationKind kind)
    {
        var partitionKey = ItemKey.OfRequest(data.Request, data.Container);
        var key = EffectivePartitionKey.Of(partitionKey, data.Container.Definition.PartitionKey.Kind);
        var operation = OperationOf(data, kind);
        var prepared = PreparedItem.Of(data.Container, partitionKey, key, operation);
        var write = await account.WriteItemsAsync(data.Container, operation.Body.Length, (connection, current, now) =>
        {
            // The definition has changed meanwhile: what was made of the document may be something else now.
            if (!ReferenceEquals(current, data.Container))
                prepared = PreparedItem.Of(current, partitionKey, key, operation);
            var range = current.RangeOf(key);
            var transaction = new ItemTransaction(connection, current, range, now);
            var outcome = transaction.Apply(prepared);
            return (Outcome: outcome, Range: range, Lsn: transaction.Complete());
        });
        return write.Outcome.ToResponse().WithItemHeaders(data.Container, write.Range, write.Lsn, write.Outcome.Charge);
    }

    private static ItemOperation OperationOf(DataRequest data, ItemOperationKind kind) => new(kind)
    {
        Id = data.Route.Item,
        Body = data.Request.Body,
        IfMatch = data.Header(CosmosHeaders.IfMatch),
        IfNoneMatch = data.Header(CosmosHeaders.IfNoneMatch),
        PrefersMinimalReturn = RequestOptions.PrefersMinimalReturn(data.Request),
    };
}
