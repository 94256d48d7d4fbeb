using System.Net;
using System.Text.Json;
using Microsoft.Azure.Cosmos;
using QANexus.LocalCosmos.Tests.Packaging;

namespace QANexus.LocalCosmos.Tests.Conformance;

public sealed class ContainerTests
{
    [Theory, OverBothTransports]
    public async Task A_container_comes_back_completed_with_defaults(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync();

        using var response = await container.ReadContainerStreamAsync();

        using var body = await JsonDocument.ParseAsync(response.Content);
        var root = body.RootElement;
        Assert.Equal("""{"paths":["/tenantId","/streamId"],"kind":"MultiHash","version":2}""", Compact(root.GetProperty("partitionKey")));
        Assert.Equal(
            """{"indexingMode":"consistent","automatic":true,"includedPaths":[{"path":"/*"}],"excludedPaths":[{"path":"/\"_etag\"/?"}]}""",
            Compact(root.GetProperty("indexingPolicy")));
        Assert.Equal("LastWriterWins", root.GetProperty("conflictResolutionPolicy").GetProperty("mode").GetString());
        Assert.Equal("Geography", root.GetProperty("geospatialConfig").GetProperty("type").GetString());
        Assert.Equal("docs/", root.GetProperty("_docs").GetString());
        Assert.Equal(12, root.GetProperty("_rid").GetString()!.Length);
    }

    [Theory, OverBothTransports]
    public async Task A_container_with_one_path_reports_hash_version_2_though_none_was_asked_for(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateFlatContainerAsync();

        var read = await container.ReadContainerAsync();

        Assert.Equal(PartitionKeyDefinitionVersion.V2, read.Resource.PartitionKeyDefinitionVersion);
        Assert.Equal("/pk", read.Resource.PartitionKeyPath);
    }

    [Theory, OverBothTransports]
    [Proves(Area.Containers, "create, read, list, query, delete")]
    public async Task A_container_is_created_once_and_found_again(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        Database database = await cosmos.Client.CreateDatabaseAsync("db");

        var created = await database.CreateContainerIfNotExistsAsync("flat", "/pk");
        var found = await database.CreateContainerIfNotExistsAsync("flat", "/pk");

        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.Equal(HttpStatusCode.OK, found.StatusCode);
        var exception = await Assert.ThrowsAsync<CosmosException>(() => database.CreateContainerAsync("flat", "/pk"));
        Assert.Equal(HttpStatusCode.Conflict, exception.StatusCode);
    }

    [Theory, OverBothTransports]
    [Proves(Area.Containers, "create, read, list, query, delete")]
    public async Task Containers_are_listed_and_queried(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        Database database = await cosmos.Client.CreateDatabaseAsync("db");
        await database.CreateContainerAsync("one", "/pk");
        await database.CreateContainerAsync("two", "/pk");

        using var all = database.GetContainerQueryIterator<ContainerProperties>();
        using var query = database.GetContainerQueryIterator<ContainerProperties>("SELECT * FROM c WHERE c.id = 'one'");

        Assert.Equal(["one", "two"], (await all.ReadNextAsync()).Select(container => container.Id).Order(StringComparer.Ordinal));
        Assert.Equal("one", Assert.Single(await query.ReadNextAsync()).Id);
    }

    [Theory, OverBothTransports]
    [Proves(Area.Containers, "replace: time to live and indexing policy")]
    public async Task A_replaced_container_has_its_new_time_to_live_and_index(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync();
        ContainerProperties properties = await container.ReadContainerAsync();
        properties.DefaultTimeToLive = 60;
        properties.IndexingPolicy.ExcludedPaths.Add(new ExcludedPath { Path = "/data/*" });

        var replaced = await container.ReplaceContainerAsync(properties);
        var read = await container.ReadContainerAsync();

        Assert.Equal(HttpStatusCode.OK, replaced.StatusCode);
        Assert.Equal(60, read.Resource.DefaultTimeToLive);
        Assert.Contains(read.Resource.IndexingPolicy.ExcludedPaths, path => path.Path == "/data/*");
        await container.CreateItemAsync(new Item("1", "t1", "s1"), CosmosFixture.Key);
        cosmos.Clock.Advance(TimeSpan.FromSeconds(61));
        using var expired = await container.ReadItemStreamAsync("1", CosmosFixture.Key);
        Assert.Equal(HttpStatusCode.NotFound, expired.StatusCode);
    }

    [Theory, OverBothTransports]
    public async Task The_partition_key_of_a_container_cannot_be_replaced(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateFlatContainerAsync();

        var exception = await Assert.ThrowsAsync<CosmosException>(
            () => container.ReplaceContainerAsync(new ContainerProperties("flat", "/other")));

        Assert.Equal(HttpStatusCode.BadRequest, exception.StatusCode);
    }

    [Theory, OverBothTransports]
    public async Task An_item_of_a_missing_container_is_404_with_substatus_1003(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync();
        await container.DeleteContainerAsync();

        var exception = await Assert.ThrowsAsync<CosmosException>(
            () => container.CreateItemAsync(new Item("1", "t1", "s1"), CosmosFixture.Key));

        Assert.Equal(HttpStatusCode.NotFound, exception.StatusCode);
        Assert.Equal(1003, exception.SubStatusCode);
    }

    [Theory, OverBothTransports]
    public async Task There_is_no_throughput_to_read(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync(throughput: 400);

        Assert.Null(await container.ReadThroughputAsync());
    }

    [Theory, OverBothTransports]
    public async Task A_container_takes_autoscale_and_answers_with_quota_info_asked_for(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        Database database = await cosmos.Client.CreateDatabaseAsync("db");

        var created = await database.CreateContainerAsync(
            new ContainerProperties("auto", "/pk"), ThroughputProperties.CreateAutoscaleThroughput(4000));
        var read = await created.Container.ReadContainerAsync(new ContainerRequestOptions { PopulateQuotaInfo = true });

        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
    }

    [Theory, OverBothTransports]
    public async Task A_container_recreated_by_another_client_goes_on_under_its_name(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync();
        for (var i = 0; i < 5; i++)
            await container.CreateItemAsync(new Item($"old{i}", "t1", "s1"), CosmosFixture.Key);
        await container.ReadItemAsync<Item>("old0", CosmosFixture.Key);

        var other = cosmos.CreateClient().GetDatabase("db");
        await other.GetContainer("ev").DeleteContainerAsync();
        await other.CreateContainerAsync(new ContainerProperties("ev", ["/tenantId", "/streamId"]));

        await container.CreateItemAsync(new Item("new", "t1", "s1"), CosmosFixture.Key);
        var read = await container.ReadItemAsync<Item>("new", CosmosFixture.Key);
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        using var old = await container.ReadItemStreamAsync("old0", CosmosFixture.Key);
        Assert.Equal(HttpStatusCode.NotFound, old.StatusCode);
    }

    [Theory, OverBothTransports]
    [Proves(Area.RefusedByName, "what a container cannot do here")]
    public async Task What_a_container_cannot_do_here_is_refused_by_name(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        Database database = await cosmos.Client.CreateDatabaseAsync("db");
        var properties = new ContainerProperties("vectors", "/pk");
        properties.IndexingPolicy.SpatialIndexes.Add(new SpatialPath { Path = "/place/*", SpatialTypes = { SpatialType.Point } });

        var exception = await Assert.ThrowsAsync<CosmosException>(() => database.CreateContainerAsync(properties));

        Assert.Equal(HttpStatusCode.BadRequest, exception.StatusCode);
        Assert.Contains("spatialIndexes", exception.ResponseBody, StringComparison.Ordinal);
    }

    private static string Compact(JsonElement element) => element.GetRawText().Replace(" ", "", StringComparison.Ordinal).Replace("\\u0022", "\\\"", StringComparison.Ordinal);
}
