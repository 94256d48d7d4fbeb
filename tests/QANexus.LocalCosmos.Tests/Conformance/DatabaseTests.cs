using System.Net;
using System.Text.Json;
using Microsoft.Azure.Cosmos;
using QANexus.LocalCosmos.Tests.Packaging;

namespace QANexus.LocalCosmos.Tests.Conformance;

public sealed class DatabaseTests
{
    [Theory, OverBothTransports]
    [Proves(Area.Account, "databases: create, read, list, query, delete")]
    public async Task A_database_is_created_once_and_found_again(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);

        var created = await cosmos.Client.CreateDatabaseIfNotExistsAsync("db");
        var found = await cosmos.Client.CreateDatabaseIfNotExistsAsync("db");

        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.Equal(HttpStatusCode.OK, found.StatusCode);
        Assert.Equal(created.Resource.ETag, found.Resource.ETag);
        Assert.Equal("db", found.Resource.Id);
    }

    [Theory, OverBothTransports]
    [Proves(Area.Account, "databases: create, read, list, query, delete")]
    public async Task A_second_database_of_the_name_conflicts(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        await cosmos.Client.CreateDatabaseAsync("db");

        var exception = await Assert.ThrowsAsync<CosmosException>(() => cosmos.Client.CreateDatabaseAsync("db"));

        Assert.Equal(HttpStatusCode.Conflict, exception.StatusCode);
    }

    [Theory, OverBothTransports]
    [Proves(Area.Account, "databases: create, read, list, query, delete")]
    public async Task Databases_are_listed_and_queried(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        await cosmos.Client.CreateDatabaseAsync("one");
        await cosmos.Client.CreateDatabaseAsync("two");

        using var all = cosmos.Client.GetDatabaseQueryIterator<DatabaseProperties>();
        using var query = cosmos.Client.GetDatabaseQueryIterator<DatabaseProperties>(
            new QueryDefinition("SELECT * FROM c WHERE c.id = @id").WithParameter("@id", "two"));

        Assert.Equal(["one", "two"], (await all.ReadNextAsync()).Select(database => database.Id).Order(StringComparer.Ordinal));
        Assert.Equal("two", Assert.Single(await query.ReadNextAsync()).Id);
    }

    [Theory, OverBothTransports]
    [Proves(Area.Account, "databases: create, read, list, query, delete")]
    public async Task A_deleted_database_is_gone_with_everything_in_it(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync();
        await container.CreateItemAsync(new Item("1", "t1", "s1"), CosmosFixture.Key);

        var deleted = await container.Database.DeleteAsync();

        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        using var database = await container.Database.ReadStreamAsync();
        using var item = await container.ReadItemStreamAsync("1", CosmosFixture.Key);
        Assert.Equal(HttpStatusCode.NotFound, database.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, item.StatusCode);
    }

    [Theory, OverBothTransports]
    public async Task A_database_has_the_members_of_one(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);

        using var response = await cosmos.Client.CreateDatabaseStreamAsync(new DatabaseProperties("dä b"));

        using var body = await JsonDocument.ParseAsync(response.Content);
        Assert.Equal("dä b", body.RootElement.GetProperty("id").GetString());
        Assert.Equal($"dbs/{body.RootElement.GetProperty("_rid").GetString()}/", body.RootElement.GetProperty("_self").GetString());
        Assert.Equal("colls/", body.RootElement.GetProperty("_colls").GetString());
        Assert.Equal(cosmos.Clock.GetUtcNow().ToUnixTimeSeconds(), body.RootElement.GetProperty("_ts").GetInt64());
        using var read = await cosmos.Client.GetDatabase("dä b").ReadStreamAsync();
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
    }
}
