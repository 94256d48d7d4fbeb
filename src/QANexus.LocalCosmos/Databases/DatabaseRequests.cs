using QANexus.LocalCosmos.Accounts;
using QANexus.LocalCosmos.Documents;
using QANexus.LocalCosmos.Gateway;
using QANexus.LocalCosmos.Querying;
using QANexus.LocalCosmos.Resources;
using QANexus.LocalCosmos.Routing;

namespace QANexus.LocalCosmos.Databases;

/// <summary>Create, list, query, read and delete databases.</summary>
internal sealed class DatabaseRequests(AccountData account)
{
    public Task<GatewayResponse> HandleAsync(GatewayRequest request, Route route) => (request.Method, route.Database) switch
    {
        ("POST", null) when request.Flag(CosmosHeaders.IsQuery) => Task.FromResult(Query(request)),
        ("POST", null) => CreateAsync(request),
        ("GET", null) => Task.FromResult(List()),
        ("GET", { } name) => Task.FromResult(Respond(200, account.Catalog.Database(name))),
        ("DELETE", { } name) => DeleteAsync(request, name),
        _ => throw Route.MethodNotAllowed(request),
    };

    private static GatewayResponse Respond(int statusCode, Database database)
    {
        var response = GatewayResponse.Json(statusCode, JsonBody.Write(database.WriteTo));
        response.Headers[CosmosHeaders.Etag] = database.ETag;
        return response;
    }

    private GatewayResponse List()
    {
        var databases = account.Catalog.Databases.ToList();
        return GatewayResponse.Json(200, JsonBody.WriteFeed("", "Databases", databases, static (writer, database) => database.WriteTo(writer)));
    }

    private GatewayResponse Query(GatewayRequest request) =>
        ResourceQuery.Answer(request, "", "Databases", [.. account.Catalog.Databases.Select(database => JsonBody.Write(database.WriteTo))]);

    private async Task<GatewayResponse> CreateAsync(GatewayRequest request)
    {
        var id = ReadId(request.Body);
        var now = account.Now;
        var database = await account.ChangeAsync((connection, catalog) =>
        {
            if (catalog.FindDatabase(id) is not null)
                throw RequestRefusedException.Conflict($"Entity with the specified id already exists in the system: database '{id}'.");
            var created = new Database(Counters.Next(connection, Counters.Databases), id, Revision: 1, now);
            CatalogTables.Insert(connection, created);
            return new CatalogChange<Database>(created, catalog.With(created));
        });
        return Respond(201, database);
    }

    private async Task<GatewayResponse> DeleteAsync(GatewayRequest request, string name)
    {
        await account.ChangeAsync((connection, catalog) =>
        {
            var database = catalog.Database(name);
            if (request.Header(CosmosHeaders.IfMatch) is { } condition && !ETag.Matches(condition, database.ETag))
                throw RequestRefusedException.PreconditionFailed();
            foreach (var container in catalog.ContainersOf(database))
                CatalogTables.Delete(connection, container);
            CatalogTables.Delete(connection, database);
            return new CatalogChange<Database>(database, catalog.Without(database));
        });
        return GatewayResponse.Empty(204);
    }

    private static string ReadId(ReadOnlyMemory<byte> body)
    {
        if (!JsonText.TryParse(body, out var document))
            throw RequestRefusedException.BadRequest("The database's definition is not JSON.");
        using (document)
        {
            var root = document.RootElement;
            var isNamed = root.ValueKind == System.Text.Json.JsonValueKind.Object && root.TryGetProperty("id", out var id)
                && id.ValueKind == System.Text.Json.JsonValueKind.String;
            return ResourceName.Validate(isNamed ? root.GetProperty("id").GetString() : null);
        }
    }
}
