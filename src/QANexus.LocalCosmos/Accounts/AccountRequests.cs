using QANexus.LocalCosmos.Gateway;
using QANexus.LocalCosmos.Resources;

namespace QANexus.LocalCosmos.Accounts;

/// <summary>The account itself, as clients read it when they start.</summary>
internal sealed class AccountRequests(LocalAccountOptions options)
{
    // Clients refuse to query without it, and the query-plan library inside the SDK takes its limits from here.
    private const string QueryEngineConfiguration =
        """
        {"maxSqlQueryInputLength":262144,"maxJoinsPerSqlQuery":10,"maxLogicalAndPerSqlQuery":2000,"maxLogicalOrPerSqlQuery":2000,"maxUdfRefPerSqlQuery":10,"maxInExpressionItemsCount":16000,"queryMaxInMemorySortDocumentCount":500,"maxQueryRequestTimeoutFraction":0.9,"sqlAllowNonFiniteNumbers":false,"sqlAllowAggregateFunctions":true,"sqlAllowSubQuery":true,"sqlAllowScalarSubQuery":true,"allowNewKeywords":true,"sqlAllowLike":true,"sqlAllowGroupByClause":true,"maxSpatialQueryCells":12,"spatialMaxGeometryPointCount":256,"sqlDisableQueryILOptimization":false,"sqlDisableFilterPlanOptimization":false,"sqlAllowTop":true,"enableSpatialIndexing":true}
        """;

    private const string Region = "Local";

    // A client can tell the two apart, and from an account of the service: none of those may have parentheses in its name.
    private const string DurableId = "local";
    private const string VolatileId = "local(in-memory)";

    public GatewayResponse Read(GatewayRequest request) => GatewayResponse.Json(200, JsonBody.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("_self", "");
        writer.WriteString("id", options.InMemory ? VolatileId : DurableId);
        writer.WriteString("_rid", "local");
        writer.WriteString("media", "//media/");
        writer.WriteString("addresses", "//addresses/");
        writer.WriteString("_dbs", "//dbs/");
        foreach (var locations in (ReadOnlySpan<string>)["writableLocations", "readableLocations"])
        {
            writer.WriteStartArray(locations);
            writer.WriteStartObject();
            writer.WriteString("name", Region);
            writer.WriteString("databaseAccountEndpoint", request.BaseAddress.AbsoluteUri);
            writer.WriteEndObject();
            writer.WriteEndArray();
        }

        writer.WriteBoolean("enableMultipleWriteLocations", options.ClaimsMultipleWriteRegions);
        foreach (var policy in (ReadOnlySpan<string>)["userReplicationPolicy", "systemReplicationPolicy"])
        {
            writer.WriteStartObject(policy);
            writer.WriteBoolean("asyncReplication", false);
            writer.WriteNumber("minReplicaSetSize", 1);
            writer.WriteNumber("maxReplicasetSize", 4);
            writer.WriteEndObject();
        }

        writer.WriteStartObject("userConsistencyPolicy");
        writer.WriteString("defaultConsistencyLevel", "Session");
        writer.WriteEndObject();
        writer.WriteStartObject("readPolicy");
        writer.WriteNumber("primaryReadCoefficient", 1);
        writer.WriteNumber("secondaryReadCoefficient", 1);
        writer.WriteEndObject();
        writer.WriteString("queryEngineConfiguration", QueryEngineConfiguration);
        writer.WriteEndObject();
    }));
}
