using System.Net;
using Microsoft.Azure.Cosmos;
using QANexus.LocalCosmos.Tests.Packaging;

namespace QANexus.LocalCosmos.Tests.Conformance;

public sealed class BulkTests
{
    [Theory, OverBothTransports]
    [Proves(Area.Batches, "bulk")]
    public async Task Operations_on_many_keys_and_ranges_are_each_their_own(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        await cosmos.CreateContainerAsync(throughput: 30_000);
        var log = new WireLog(cosmos.CreateTransport());
        var bulk = cosmos.CreateClient(log, options => options.AllowBulkExecution = true).GetContainer("db", "ev");

        var created = await Task.WhenAll(Enumerable.Range(0, 150).Select(i => bulk.CreateItemAsync(new Item($"i{i}", $"t{i}", "s") { N = i })));
        var read = await Task.WhenAll(Enumerable.Range(0, 150).Select(i => bulk.ReadItemAsync<Item>($"i{i}", CosmosFixture.KeyOf($"t{i}", "s"))));

        Assert.All(created, response => Assert.Equal(HttpStatusCode.Created, response.StatusCode));
        Assert.Equal(Enumerable.Range(0, 150).Select(i => (double?)i), read.Select(response => response.Resource.N));
        Assert.All(log.Items, exchange => Assert.Equal(HttpStatusCode.OK, exchange.Status));
        Assert.Equal(["0", "1", "2"], log.Items.Select(exchange => exchange.RequestHeaders["x-ms-documentdb-partitionkeyrangeid"]).Distinct().Order(StringComparer.Ordinal));
    }

    [Theory, OverBothTransports]
    [Proves(Area.Batches, "bulk")]
    public async Task One_failure_fails_alone(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var plain = await cosmos.CreateContainerAsync();
        await plain.CreateItemAsync(new Item("i3", "t1", "s1"), CosmosFixture.Key);
        var bulk = cosmos.CreateClient(options => options.AllowBulkExecution = true).GetContainer("db", "ev");

        var statuses = await Task.WhenAll(Enumerable.Range(0, 10).Select(async i =>
        {
            using var response = await bulk.CreateItemStreamAsync(
                CosmosFixture.Utf8($"{{\"id\":\"i{i}\",\"tenantId\":\"t1\",\"streamId\":\"s1\"}}"), CosmosFixture.Key);
            return response.StatusCode;
        }));

        Assert.Equal(Enumerable.Range(0, 10).Select(i => i == 3 ? HttpStatusCode.Conflict : HttpStatusCode.Created), statuses);
    }

    [Theory, OverBothTransports]
    [Proves(Area.Batches, "bulk")]
    public async Task Every_kind_of_operation_travels_in_bulk(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        await cosmos.CreateContainerAsync();
        var bulk = cosmos.CreateClient(options => options.AllowBulkExecution = true).GetContainer("db", "ev");
        var item = new Item("1", "t1", "s1") { N = 1 };

        var created = await bulk.CreateItemAsync(item, CosmosFixture.Key);
        var replaced = await bulk.ReplaceItemAsync(item with { N = 2 }, "1", CosmosFixture.Key, new ItemRequestOptions { IfMatchEtag = created.ETag });
        var patched = await bulk.PatchItemAsync<Item>("1", CosmosFixture.Key, [PatchOperation.Increment("/n", 5)]);
        var upserted = await bulk.UpsertItemAsync(item with { Id = "2" }, CosmosFixture.Key);
        var stale = await Assert.ThrowsAsync<CosmosException>(
            () => bulk.DeleteItemAsync<Item>("1", CosmosFixture.Key, new ItemRequestOptions { IfMatchEtag = created.ETag }));
        var deleted = await bulk.DeleteItemAsync<Item>("1", CosmosFixture.Key);

        Assert.Equal(
            [HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Created, HttpStatusCode.PreconditionFailed, HttpStatusCode.NoContent],
            new[] { created.StatusCode, replaced.StatusCode, patched.StatusCode, upserted.StatusCode, stale.StatusCode, deleted.StatusCode });
        Assert.Equal(7, patched.Resource.N);
    }

    [Theory, OverBothTransports]
    [Proves(Area.Batches, "bulk")]
    public async Task A_split_in_between_is_followed_without_loss(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        await cosmos.CreateContainerAsync();
        var bulk = cosmos.CreateClient(options => options.AllowBulkExecution = true).GetContainer("db", "ev");
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => bulk.CreateItemAsync(new Item("before", $"t{i}", "s"))));

        await cosmos.Account.SplitAsync("db", "ev", "0");
        var created = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => bulk.CreateItemAsync(new Item("after", $"t{i}", "s"))));

        Assert.All(created, response => Assert.Equal(HttpStatusCode.Created, response.StatusCode));
    }
}
