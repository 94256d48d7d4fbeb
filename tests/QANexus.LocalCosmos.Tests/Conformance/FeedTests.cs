using System.Net;
using Microsoft.Azure.Cosmos;
using QANexus.LocalCosmos.Tests.Packaging;

namespace QANexus.LocalCosmos.Tests.Conformance;

public sealed class FeedTests
{
    [Theory, OverBothTransports]
    [Proves(Area.Queries, "read feed, feed ranges")]
    public async Task Without_a_query_all_items_come_page_by_page(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await CreateAsync(cosmos, items: 25, throughput: 20_000);

        using var feed = container.GetItemQueryIterator<Item>(requestOptions: new QueryRequestOptions { MaxItemCount = 4 });
        var pages = new List<FeedResponse<Item>>();
        while (feed.HasMoreResults)
            pages.Add(await feed.ReadNextAsync());

        Assert.Equal(Enumerable.Range(0, 25).Select(i => (double?)i), pages.SelectMany(page => page).Select(item => item.N).Order());
        Assert.All(pages, page => Assert.True(page.Count <= 4));
    }

    [Theory, OverBothTransports]
    [Proves(Area.Queries, "read feed, feed ranges")]
    public async Task A_continuation_resumes_in_another_client(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        await CreateAsync(cosmos, items: 20, throughput: null);

        var seen = new List<double?>();
        string? continuation = null;
        do
        {
            using var feed = cosmos.CreateClient().GetContainer("db", "ev").GetItemQueryIterator<Item>(
                continuationToken: continuation, requestOptions: new QueryRequestOptions { MaxItemCount = 3 });
            var page = await feed.ReadNextAsync();
            seen.AddRange(page.Select(item => item.N));
            continuation = page.ContinuationToken;
        }
        while (continuation is not null);

        Assert.Equal(Enumerable.Range(0, 20).Select(i => (double?)i), seen.Order());
    }

    [Theory, OverBothTransports]
    [Proves(Area.Queries, "read feed, feed ranges")]
    public async Task The_feed_of_a_partition_key_has_its_items_only(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await CreateAsync(cosmos, items: 10, throughput: null);

        using var feed = container.GetItemQueryIterator<Item>(
            requestOptions: new QueryRequestOptions { PartitionKey = CosmosFixture.KeyOf("t3", "s") });

        Assert.Equal(3, Assert.Single(await feed.ReadNextAsync()).N);
    }

    [Theory, OverBothTransports]
    [Proves(Area.Queries, "read feed, feed ranges")]
    public async Task Feed_ranges_cover_the_container_and_split_with_it(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await CreateAsync(cosmos, items: 20, throughput: 20_000);

        var before = await container.GetFeedRangesAsync();
        await cosmos.Account.SplitAsync("db", "ev", "1");
        var after = await cosmos.CreateClient().GetContainer("db", "ev").GetFeedRangesAsync();

        Assert.Equal((2, 3), (before.Count, after.Count));
        // A range of before the split is still a range.
        var seen = new List<double?>();
        foreach (var range in before)
        {
            using var feed = container.GetItemQueryIterator<Item>(range, new QueryDefinition("SELECT * FROM c"));
            while (feed.HasMoreResults)
                seen.AddRange((await feed.ReadNextAsync()).Select(item => item.N));
        }

        Assert.Equal(Enumerable.Range(0, 20).Select(i => (double?)i), seen.Order());
    }

    [Theory, OverBothTransports]
    public async Task Point_operations_never_notice_a_split(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await CreateAsync(cosmos, items: 20, throughput: null);

        await cosmos.Account.SplitAsync("db", "ev", "0");
        cosmos.Wire.Clear();
        for (var i = 0; i < 20; i++)
        {
            await container.ReplaceItemAsync(new Item("1", $"t{i}", "s") { N = i }, "1", CosmosFixture.KeyOf($"t{i}", "s"));
            using var batch = await container.CreateTransactionalBatch(CosmosFixture.KeyOf($"t{i}", "s")).ReadItem("1").ExecuteAsync();
            Assert.Equal(HttpStatusCode.OK, batch.StatusCode);
        }

        Assert.All(cosmos.Wire.Items, exchange => Assert.Equal(HttpStatusCode.OK, exchange.Status));
        Assert.Equal(["1", "2"], cosmos.Wire.Items.Select(exchange => exchange["x-ms-documentdb-partitionkeyrangeid"]).Distinct().Order(StringComparer.Ordinal));
    }

    private static async Task<Container> CreateAsync(CosmosFixture cosmos, int items, int? throughput)
    {
        var container = await cosmos.CreateContainerAsync(throughput: throughput);
        for (var i = 0; i < items; i++)
            await container.CreateItemAsync(new Item("1", $"t{i}", "s") { N = i }, CosmosFixture.KeyOf($"t{i}", "s"));
        return container;
    }
}
