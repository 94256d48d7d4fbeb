using QANexus.LocalCosmos.Gateway;

namespace QANexus.LocalCosmos.Routing;

/// <summary>Where a request goes: the operation, and the names (or RIDs) in its path.</summary>
internal sealed record Route(OperationKind Kind, string? Database = null, string? Container = null, string? Item = null)
{
    /// <summary>Whether the operation works on items and so is answered with a session token.</summary>
    public bool IsDataPlane => Kind >= OperationKind.Create;

    /// <exception cref="RequestRefusedException">404 or 405 for what no account has, 400 for what this one does not support.</exception>
    public static Route Of(GatewayRequest request) => request.Segments switch
    {
        [] when request.Method is "GET" => new Route(OperationKind.Account),
        ["dbs"] => new Route(OperationKind.Database),
        ["dbs", var database] => new Route(OperationKind.Database, database),
        ["dbs", var database, "colls"] => new Route(OperationKind.Container, database),
        ["dbs", var database, "colls", var container] => new Route(OperationKind.Container, database, container),
        ["dbs", var database, "colls", var container, "pkranges"] => new Route(OperationKind.PartitionKeyRanges, database, container),
        ["dbs", var database, "colls", var container, "docs"] => new Route(KindOfFeed(request), database, container),
        ["dbs", var database, "colls", var container, "docs", var item] => new Route(KindOfItem(request), database, container, item),
        ["offers", ..] => new Route(OperationKind.Container),
        ["addresses", ..] => throw RequestRefusedException.Unsupported("ConnectionMode.Direct; use ConnectionMode.Gateway"),
        ["dbs", _, "colls", _, var feature, ..] => throw RequestRefusedException.Unsupported($"'{feature}' of a container"),
        ["dbs", _, var feature, ..] => throw RequestRefusedException.Unsupported($"'{feature}' of a database"),
        _ => throw RequestRefusedException.NotFound("Resource Not Found. The path names nothing that an account has."),
    };

    private static OperationKind KindOfFeed(GatewayRequest request) => request.Method switch
    {
        "POST" when request.Flag(CosmosHeaders.IsBatchRequest) => OperationKind.Batch,
        // A plan request may carry the query header too, so it is looked for first.
        "POST" when request.Flag(CosmosHeaders.IsQueryPlanRequest) => OperationKind.QueryPlan,
        "POST" when request.Flag(CosmosHeaders.IsQuery) => OperationKind.Query,
        "POST" when request.Flag(CosmosHeaders.IsUpsert) => OperationKind.Upsert,
        "POST" => OperationKind.Create,
        "GET" when request.Header(CosmosHeaders.AIm) is not null => OperationKind.ChangeFeed,
        "GET" => OperationKind.ReadFeed,
        _ => throw MethodNotAllowed(request),
    };

    private static OperationKind KindOfItem(GatewayRequest request) => request.Method switch
    {
        "GET" => OperationKind.Read,
        "PUT" => OperationKind.Replace,
        "DELETE" => OperationKind.Delete,
        "PATCH" => OperationKind.Patch,
        _ => throw MethodNotAllowed(request),
    };

    public static RequestRefusedException MethodNotAllowed(GatewayRequest request) =>
        new(405, $"The method {request.Method} is not allowed here.");
}
