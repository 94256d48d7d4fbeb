using System.Net;
using Microsoft.Azure.Cosmos;

namespace QANexus.LocalCosmos.Tests.Containers;

public sealed class ContainerTests
{
    [Theory]
    [InlineData(Setting.InMemory)]
    [InlineData(Setting.DurableOnPort)]
    public async Task Databases_and_containers_are_created_once_listed_and_deleted(Setting setting)
    {
        await using var account = await TestAccount.OpenAsync(setting);
        var first = await account.Client.CreateDatabaseIfNotExistsAsync("db");
        var second = await account.Client.CreateDatabaseIfNotExistsAsync("db");
        var database = second.Database;
        var container = await database.CreateContainerIfNotExistsAsync("c", "/pk");
        var again = await database.CreateContainerIfNotExistsAsync("c", "/pk");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (first.StatusCode, second.StatusCode));
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (container.StatusCode, again.StatusCode));
        Assert.Equal(container.Resource.SelfLink, again.Resource.SelfLink);
        await RefusedAsync(HttpStatusCode.Conflict, () => account.Client.CreateDatabaseAsync("db"));
        await RefusedAsync(HttpStatusCode.Conflict, () => database.CreateContainerAsync("c", "/pk"));

        await container.Container.DeleteContainerAsync();
        await RefusedAsync(HttpStatusCode.NotFound, () => container.Container.ReadContainerAsync());
        await database.DeleteAsync();
        await RefusedAsync(HttpStatusCode.NotFound, () => database.ReadAsync());
    }

    [Fact]
    public async Task A_definition_comes_back_completed()
    {
        await using var account = await TestAccount.OpenAsync();
        var container = await account.CreateStreamsAsync(properties =>
        {
            properties.DefaultTimeToLive = -1;
            properties.UniqueKeyPolicy.UniqueKeys.Add(new UniqueKey { Paths = { "/key" } });
            properties.IndexingPolicy.IncludedPaths.Add(new IncludedPath { Path = "/*" });
            properties.IndexingPolicy.ExcludedPaths.Add(new ExcludedPath { Path = "/data/*" });
        });

        ContainerProperties read = await container.ReadContainerAsync();

        Assert.Equal(["/tenant", "/stream"], read.PartitionKeyPaths);
        Assert.Equal(PartitionKeyDefinitionVersion.V2, read.PartitionKeyDefinitionVersion);
        Assert.Equal(-1, read.DefaultTimeToLive);
        Assert.Equal(["/key"], Assert.Single(read.UniqueKeyPolicy.UniqueKeys).Paths);
        Assert.Contains(read.IndexingPolicy.ExcludedPaths, path => path.Path == "/data/*");
        Assert.Null(await container.ReadThroughputAsync());
    }

    [Fact]
    public async Task The_index_policy_may_be_replaced_and_the_key_may_not()
    {
        await using var account = await TestAccount.OpenAsync();
        var container = await account.CreateFlatAsync();
        ContainerProperties properties = await container.ReadContainerAsync();
        var before = await container.CreateItemStreamAsync(TestAccount.Json("""{"id":"1","pk":"p","a":1,"b":2,"c":3}"""), new PartitionKey("p"));

        properties.IndexingPolicy.IncludedPaths.Clear();
        properties.IndexingPolicy.IncludedPaths.Add(new IncludedPath { Path = "/pk/?" });
        properties.IndexingPolicy.ExcludedPaths.Add(new ExcludedPath { Path = "/*" });
        await container.ReplaceContainerAsync(properties);
        var after = await container.CreateItemStreamAsync(TestAccount.Json("""{"id":"2","pk":"p","a":1,"b":2,"c":3}"""), new PartitionKey("p"));

        Assert.Equal(0.6, before.Headers.RequestCharge - after.Headers.RequestCharge, tolerance: 0.001);
        await RefusedAsync(HttpStatusCode.BadRequest, () => container.ReplaceContainerAsync(new ContainerProperties("flat", "/other")));
    }

    [Fact]
    public async Task What_a_container_cannot_have_here_is_refused_by_its_name()
    {
        await using var account = await TestAccount.OpenAsync();

        var refusal = await Assert.ThrowsAsync<CosmosException>(() => account.CreateFlatAsync(properties =>
            properties.ConflictResolutionPolicy = new ConflictResolutionPolicy { Mode = ConflictResolutionMode.Custom }));

        Assert.Equal(HttpStatusCode.BadRequest, refusal.StatusCode);
        Assert.Contains("Custom", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_container_made_anew_has_another_rid_and_none_of_the_old_items()
    {
        await using var account = await TestAccount.OpenAsync();
        var container = await account.CreateFlatAsync();
        ContainerProperties before = await container.ReadContainerAsync();
        using (await container.CreateItemStreamAsync(TestAccount.Json("""{"id":"1","pk":"p"}"""), new PartitionKey("p")))
            await container.DeleteContainerAsync();

        container = await account.CreateFlatAsync();

        ContainerProperties after = await container.ReadContainerAsync();
        Assert.NotEqual(before.SelfLink, after.SelfLink);
        using var read = await container.ReadItemStreamAsync("1", new PartitionKey("p"));
        Assert.Equal(HttpStatusCode.NotFound, read.StatusCode);
    }

    [Fact]
    public async Task A_wrong_key_is_unauthorized()
    {
        await using var account = await TestAccount.OpenAsync();
        using var client = new CosmosClient(LocalAccount.Endpoint.AbsoluteUri, Convert.ToBase64String(new byte[64]), new CosmosClientOptions
        {
            ConnectionMode = ConnectionMode.Gateway,
            HttpClientFactory = () => new HttpClient(account.Account.CreateHandler()),
        });

        await RefusedAsync(HttpStatusCode.Unauthorized, () => client.GetDatabase("db").ReadAsync());
    }

    private static async Task RefusedAsync(HttpStatusCode status, Func<Task> operation) =>
        Assert.Equal(status, (await Assert.ThrowsAsync<CosmosException>(operation)).StatusCode);
}
