using QANexus.LocalCosmos.Gateway;

namespace QANexus.LocalCosmos.Routing;

/// <summary>Where a request goes: the operation, and the names (or RIDs) in its path.</summary>
internal sealed record Route(RequestKind Kind, string? Database = null, string? Container = null, string? Item = null)
{
    /// <summary>Whether the operation works on items and so is answered with a session token.</summary>
    public bool IsDataPlane => Kind >= RequestKind.Create;

    /// <exception cref="RequestRefusedException">404 or 405 for what no account has, 400 for what this one does not support.</exception>
    public static Route Of(GatewayRequest request) => request.Segments switch
    {
        [] when request.Method is "GET" => new Route(RequestKind.Account),
        ["dbs"] => new Route(RequestKind.Database),
        ["dbs", var database] => new Route(RequestKind.Database, database),
        ["dbs", var database, "colls"] => new Route(RequestKind.Container, database),
        ["dbs", var database, "colls", var container] => new Route(RequestKind.Container, database, container),
        ["dbs", var database, "colls", var container, "pkranges"] => new Route(RequestKind.PartitionKeyRanges, database, container),
        ["dbs", var database, "colls", var container, "docs"] => new Route(KindOfFeed(request), database, container),
        ["dbs", var database, "colls", var container, "docs", var item] => new Route(KindOfItem(request), database, container, item),
        ["offers", ..] => new Route(RequestKind.Container),
        ["addresses", ..] => throw RequestRefusedException.Unsupported("ConnectionMode.Direct; use ConnectionMode.Gateway"),
        ["dbs", _, "colls", _, var feature, ..] => throw RequestRefusedException.Unsupported($"'{feature}' of a container"),
        ["dbs", _, var feature, ..] => throw RequestRefusedException.Unsupported($"'{feature}' of a database"),
        _ => throw RequestRefusedException.NotFound("Resource Not Found. The path names nothing that an account has."),
    };

    private static RequestKind KindOfFeed(GatewayRequest request) => request.Method switch
    {
        "POST" when request.Flag(CosmosHeaders.IsBatchRequest) => RequestKind.Batch,
        // A plan request may carry the query header too, so it is looked for first.
        "POST" when request.Flag(CosmosHeaders.IsQueryPlanRequest) => RequestKind.QueryPlan,
        "POST" when request.Header(CosmosHeaders.AIm) is not null => throw RequestRefusedException.Unsupported("a change feed with a query"),
        "POST" when request.Flag(CosmosHeaders.IsQuery) => RequestKind.Query,
        "POST" when request.Flag(CosmosHeaders.IsUpsert) => RequestKind.Upsert,
        "POST" => RequestKind.Create,
        "GET" when request.Header(CosmosHeaders.AIm) is not null => RequestKind.ChangeFeed,
        "GET" => RequestKind.ReadFeed,
        _ => throw MethodNotAllowed(request),
    };

    private static RequestKind KindOfItem(GatewayRequest request) => request.Method switch
    {
        "GET" => RequestKind.Read,
        "PUT" => RequestKind.Replace,
        "DELETE" => RequestKind.Delete,
        "PATCH" => RequestKind.Patch,
        _ => throw MethodNotAllowed(request),
    };

    public static RequestRefusedException MethodNotAllowed(GatewayRequest request) =>
        new(405, $"The method {request.Method} is not allowed here.");
}
