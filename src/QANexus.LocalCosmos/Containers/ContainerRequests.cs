using QANexus.LocalCosmos.Accounts;
using QANexus.LocalCosmos.ChangeFeed;
using QANexus.LocalCosmos.Databases;
using QANexus.LocalCosmos.Gateway;
using QANexus.LocalCosmos.Partitioning;
using QANexus.LocalCosmos.Querying;
using QANexus.LocalCosmos.Resources;
using QANexus.LocalCosmos.Routing;

namespace QANexus.LocalCosmos.Containers;

/// <summary>Create, list, query, read, replace and delete containers; look up offers, of which there are none.</summary>
internal sealed class ContainerRequests(AccountData account)
{
    public Task<GatewayResponse> HandleAsync(GatewayRequest request, Route route) => (request.Method, route) switch
    {
        ("POST", { Database: null }) when request.Flag(CosmosHeaders.IsQuery) => Task.FromResult(NoOffers()),
        (_, { Database: null }) => throw RequestRefusedException.Unsupported("reading or changing throughput"),
        ("POST", { Container: null }) when request.Flag(CosmosHeaders.IsQuery) => Task.FromResult(Query(request, account.Catalog.Database(route.Database))),
        ("POST", { Container: null }) => CreateAsync(request, route.Database),
        ("GET", { Container: null }) => Task.FromResult(List(account.Catalog.Database(route.Database))),
        ("GET", { Container: not null }) => Task.FromResult(Respond(200, Find(account.Catalog, route))),
        ("PUT", { Container: not null }) => ReplaceAsync(request, route),
        ("DELETE", { Container: not null }) => DeleteAsync(request, route),
        _ => throw Route.MethodNotAllowed(request),
    };

    private static Container Find(Catalog catalog, Route route) =>
        catalog.FindContainer(catalog.Database(route.Database!), route.Container!)
        ?? throw RequestRefusedException.NotFound($"Resource Not Found. There is no container '{route.Container}'.");

    private static GatewayResponse Respond(int statusCode, Container container)
    {
        var response = GatewayResponse.Json(statusCode, JsonBody.Write(container.WriteTo));
        response.Headers[CosmosHeaders.Etag] = container.ETag;
        response.Headers[CosmosHeaders.ContentPath] = container.Database.Rid.ToString();
        response.Headers[CosmosHeaders.AltContentPath] = $"dbs/{container.Database.Id}";
        return response;
    }

    private static GatewayResponse NoOffers() =>
        GatewayResponse.Json(200, JsonBody.WriteFeed<object>("", "Offers", [], static (_, _) => { }));

    private GatewayResponse List(Database database)
    {
        var containers = account.Catalog.ContainersOf(database).ToList();
        return GatewayResponse.Json(200, JsonBody.WriteFeed(
            database.Rid.ToString(), "DocumentCollections", containers, static (writer, container) => container.WriteTo(writer)));
    }

    private GatewayResponse Query(GatewayRequest request, Database database) => ResourceQuery.Answer(
        request, database.Rid.ToString(), "DocumentCollections",
        [.. account.Catalog.ContainersOf(database).Select(container => JsonBody.Write(container.WriteTo))]);

    private async Task<GatewayResponse> CreateAsync(GatewayRequest request, string database)
    {
        var definition = ContainerDefinition.Parse(request.Body);
        var throughput = InitialRanges.Throughput(request);
        var now = account.Now;
        var container = await account.ChangeAsync((connection, catalog) =>
        {
            var owner = catalog.Database(database);
            if (catalog.FindContainer(owner, definition.Id) is not null)
                throw RequestRefusedException.Conflict($"Entity with the specified id already exists in the system: container '{definition.Id}'.");
            var created = new Container(owner, Counters.Next(connection, Counters.Containers), definition, Revision: 1, now, InitialRanges.For(throughput))
            {
                Throughput = throughput == 0 ? null : throughput,
            };
            CatalogTables.Insert(connection, created);
            return new CatalogChange<Container>(created, catalog.With(created));
        });
        return Respond(201, container);
    }

    private async Task<GatewayResponse> ReplaceAsync(GatewayRequest request, Route route)
    {
        var definition = ContainerDefinition.Parse(request.Body);
        var now = account.Now;
        var container = await account.ChangeAsync((connection, catalog) =>
        {
            var current = Find(catalog, route);
            CheckPrecondition(request, current);
            if (definition.Id != current.Id || definition.PartitionKey.Kind != current.Definition.PartitionKey.Kind
                || !definition.PartitionKey.Paths.SequenceEqual(current.Definition.PartitionKey.Paths))
                throw RequestRefusedException.BadRequest("The id and the partition key of a container cannot be changed.");
            if (!HaveSameUniqueKeys(definition, current.Definition))
                throw RequestRefusedException.BadRequest("The unique keys of a container cannot be changed.");
            var replaced = new Container(current.Database, current.Number, definition, current.Revision + 1, now, current.Ranges)
            {
                Throughput = current.Throughput,
            };
            CatalogTables.Update(connection, replaced);
            if (definition.VersionRetention is null != current.Definition.VersionRetention is null)
                new VersionLog(connection, replaced).Restart();
            return new CatalogChange<Container>(replaced, catalog.With(replaced));
        });
        return Respond(200, container);
    }

    private static bool HaveSameUniqueKeys(ContainerDefinition one, ContainerDefinition other) =>
        one.UniqueKeys.Keys.Count == other.UniqueKeys.Keys.Count
        && one.UniqueKeys.Keys.Zip(other.UniqueKeys.Keys).All(pair => pair.First.SequenceEqual(pair.Second));

    private async Task<GatewayResponse> DeleteAsync(GatewayRequest request, Route route)
    {
        await account.ChangeAsync((connection, catalog) =>
        {
            var container = Find(catalog, route);
            CheckPrecondition(request, container);
            CatalogTables.Delete(connection, container);
            return new CatalogChange<Container>(container, catalog.Without(container));
        });
        return GatewayResponse.Empty(204);
    }

    private static void CheckPrecondition(GatewayRequest request, Container container)
    {
        if (request.Header(CosmosHeaders.IfMatch) is { } condition && !ETag.Matches(condition, container.ETag))
            throw RequestRefusedException.PreconditionFailed();
    }
}
