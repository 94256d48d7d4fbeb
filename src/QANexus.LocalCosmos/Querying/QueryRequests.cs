using System.Globalization;
using QANexus.LocalCosmos.Accounts;
using QANexus.LocalCosmos.Charging;
using QANexus.LocalCosmos.Gateway;
using QANexus.LocalCosmos.Partitioning;
using QANexus.LocalCosmos.Resources;
using QANexus.LocalCosmos.Routing;
using QANexus.LocalCosmos.Sessions;
using QANexus.LocalCosmos.Sql;

namespace QANexus.LocalCosmos.Querying;

/// <summary>Pages and plans of queries over items.</summary>
internal sealed class QueryRequests(AccountData account, SessionReads reads)
{
    public GatewayResponse Execute(DataRequest data)
    {
        var container = data.Container;
        var text = QueryText.Read(data.Request);
        var scope = ScopedRanges.Of(data);
        var continuation = data.Header(CosmosHeaders.Continuation);
        var request = new QueryRequest(
            text.Query, text.Parameters, RequestOptions.PageSize(data.Request), string.IsNullOrEmpty(continuation) ? null : continuation, text.ResumeFilter)
        {
            Clock = account.Time,
            Cancellation = data.Cancellation,
            RequireOrder = columns => SortIndexes.Require(container.Definition.Indexing, columns),
        };
        var now = account.Now;
        var read = QueryText.Run(() => reads.Read(data, scope.Range, connection =>
            QueryExecution.Execute(request, new DocumentScan(connection, container, scope, now), container.Definition.Indexing.IsIndexed)));
        var page = read.Result;
        var response = GatewayResponse.Json(200, JsonBody.WriteFeed(container.Rid.ToString(), "Documents", page.Rows));
        response.Headers[CosmosHeaders.ItemCount] = page.Count.ToString(CultureInfo.InvariantCulture);
        if (page.Continuation is not null)
            response.Headers[CosmosHeaders.Continuation] = page.Continuation;
        // Without it the SDK takes an optimistic execution for failed, throws the page away and starts over with a plan.
        if (data.Request.Flag(CosmosHeaders.OptimisticDirectExecute))
            response.Headers[CosmosHeaders.RequiresDistribution] = "False";
        return response.WithItemHeaders(
            container, scope.Range, read.Lsn, RequestCharge.QueryPage(page.LoadedDocuments, page.LoadedBytes));
    }

    /// <summary>How a client is to run a query over several partitions. It is always told all of them: its own scope narrows that down.</summary>
    public GatewayResponse Plan(DataRequest data)
    {
        var text = QueryText.Read(data.Request);
        var isOnePartition = data.Header(CosmosHeaders.PartitionKey) is not null && ScopedRanges.Of(data).IsLogicalPartition;
        var body = QueryText.Run(() => JsonBody.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("partitionedQueryExecutionInfoVersion", 2);
            writer.WritePropertyName("queryInfo");
            QueryPlanner.Plan(text.Query, text.Parameters, writer, isOnePartition);
            writer.WriteStartArray("queryRanges");
            writer.WriteStartObject();
            writer.WriteString("min", EffectivePartitionKey.Minimum.ToString());
            writer.WriteString("max", EffectivePartitionKey.Maximum.ToString());
            writer.WriteBoolean("isMinInclusive", true);
            writer.WriteBoolean("isMaxInclusive", false);
            writer.WriteEndObject();
            writer.WriteEndArray();
            writer.WriteEndObject();
        }));
        var range = data.Container.Ranges[0];
        var lsn = account.Store.Read(connection => RangePosition.Read(connection, data.Container.Number, range.Id));
        return GatewayResponse.Json(200, body).WithItemHeaders(data.Container, range, lsn, RequestCharge.PointRead(0));
    }
}
