using System.Net;
using Microsoft.Azure.Cosmos;
using QANexus.LocalCosmos.Tests.Packaging;

namespace QANexus.LocalCosmos.Tests.Querying;

public sealed class QueryTests
{
    public static TheoryData<Setting> Settings => [Setting.InMemory, Setting.DurableOnPort];

    [Theory]
    [MemberData(nameof(Settings))]
    [Proves(Area.Queries, "in a logical partition, and over a prefix of the key")]
    [Proves(Area.Queries, "optimistic direct execution")]
    public async Task A_query_in_a_logical_partition_sees_that_partition_in_the_order_asked_for(Setting setting)
    {
        await using var account = await TestAccount.OpenAsync(setting);
        var container = await account.CreateStreamsAsync();
        await FillAsync(container);

        var descending = await DrainAsync<Entry>(
            container, "SELECT * FROM c WHERE c.n < 9 ORDER BY c.id DESC", InPartition("t1", "s1", direct: false, pageSize: 3));
        var direct = await DrainAsync<Entry>(
            container, "SELECT * FROM c WHERE c.n < 9 ORDER BY c.id DESC", InPartition("t1", "s1", direct: true, pageSize: 3));

        Assert.Equal(["08", "07", "06", "05", "04", "03", "02", "01", "00"], descending.Select(entry => entry.Id));
        Assert.Equal(descending, direct);
    }

    [Theory]
    [MemberData(nameof(Settings))]
    [Proves(Area.Queries, "across partitions, ORDER BY and DISTINCT included")]
    public async Task A_query_over_partitions_merges_their_orders(Setting setting)
    {
        await using var account = await TestAccount.OpenAsync(setting);
        var container = await account.CreateStreamsAsync(throughput: 30_000);
        await FillAsync(container);

        var all = await DrainAsync<Entry>(
            container, "SELECT * FROM c ORDER BY c.n DESC", new QueryRequestOptions { MaxItemCount = 7 });
        var count = await DrainAsync<int>(container, "SELECT VALUE COUNT(1) FROM c WHERE c.tenant = 't2'", new QueryRequestOptions());

        Assert.Equal(Enumerable.Range(0, 12).SelectMany(n => Enumerable.Repeat(11 - n, 4)), all.Select(entry => entry.N));
        Assert.Equal([24], count);
    }

    [Fact]
    public async Task A_sub_query_that_only_one_partition_can_answer_is_planned_for_one_and_refused_for_several()
    {
        await using var account = await TestAccount.OpenAsync();
        var container = await account.CreateStreamsAsync(throughput: 30_000);
        await FillAsync(container);
        const string Query = "SELECT VALUE COUNT(1) FROM (SELECT c.n, COUNT(1) AS m FROM c GROUP BY c.n) AS g";

        Assert.Equal([12], await DrainAsync<int>(container, Query, InPartition("t1", "s1", direct: false, pageSize: 3)));
        var refused = await Assert.ThrowsAsync<CosmosException>(() => DrainAsync<int>(container, Query, new QueryRequestOptions()));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    [Fact]
    [Proves(Area.Queries, "in a logical partition, and over a prefix of the key")]
    public async Task A_prefix_of_the_key_is_a_scope()
    {
        await using var account = await TestAccount.OpenAsync();
        var container = await account.CreateStreamsAsync(throughput: 30_000);
        await FillAsync(container);
        var options = new QueryRequestOptions { PartitionKey = new PartitionKeyBuilder().Add("t1").Build(), MaxItemCount = 5 };

        var entries = await DrainAsync<Entry>(container, "SELECT * FROM c WHERE c.n >= 10 ORDER BY c.n", options);

        Assert.Equal([10, 10, 11, 11], entries.Select(entry => entry.N));
        Assert.All(entries, entry => Assert.Equal("t1", entry.Tenant));
    }

    [Theory]
    [InlineData("SELECT * FROM c")]
    [InlineData("SELECT * FROM c ORDER BY c.n")]
    [InlineData("SELECT * FROM c ORDER BY c.id DESC")]
    [Proves(Area.Queries, "continuations that survive a split")]
    public async Task Continuations_from_before_a_split_lead_through_the_rest_once(string query)
    {
        await using var account = await TestAccount.OpenAsync();
        var container = await account.CreateStreamsAsync();
        await FillAsync(container);
        var options = new QueryRequestOptions { MaxItemCount = 5 };
        var seen = new List<string>();
        string? continuation = null;
        for (var page = 0; page == 0 || continuation is not null; page++)
        {
            using var feed = container.GetItemQueryIterator<Entry>(query, continuation, options);
            var entries = await feed.ReadNextAsync();
            seen.AddRange(entries.Select(entry => $"{entry.Tenant}/{entry.Stream}/{entry.Id}"));
            continuation = entries.ContinuationToken;
            if (page == 1)
                await account.Account.SplitAsync("db", "streams", "0");
        }

        Assert.Equal(48, seen.Count);
        Assert.Equal(48, seen.Distinct().Count());
    }

    [Fact]
    public async Task Many_items_are_read_by_their_ids()
    {
        await using var account = await TestAccount.OpenAsync();
        var container = await account.CreateStreamsAsync();
        await FillAsync(container);

        var read = await container.ReadManyItemsAsync<Entry>(
            [("03", Entry.KeyOf("t1", "s1")), ("04", Entry.KeyOf("t2", "s2")), ("99", Entry.KeyOf("t1", "s1"))]);

        Assert.Equal(["t1/s1/03", "t2/s2/04"], read.Select(entry => $"{entry.Tenant}/{entry.Stream}/{entry.Id}").Order());
    }

    [Fact]
    public async Task A_feed_without_a_query_brings_everything_once()
    {
        await using var account = await TestAccount.OpenAsync();
        var container = await account.CreateStreamsAsync(throughput: 20_000);
        await FillAsync(container);

        var all = await DrainAsync<Entry>(container, null, new QueryRequestOptions { MaxItemCount = 5 });
        var one = await DrainAsync<Entry>(container, null, InPartition("t1", "s2", direct: false, pageSize: 5));

        Assert.Equal(48, all.Distinct().Count());
        Assert.Equal(48, all.Count);
        Assert.Equal(Enumerable.Range(0, 12), one.Select(entry => entry.N));
    }

    [Fact]
    public async Task A_query_that_is_wrong_is_refused_in_the_services_form()
    {
        await using var account = await TestAccount.OpenAsync();
        var container = await account.CreateFlatAsync();

        var refusal = await Assert.ThrowsAsync<CosmosException>(() => DrainAsync<Entry>(
            container, "SELECT * FROM c WHERE", new QueryRequestOptions { PartitionKey = new PartitionKey("p") }));

        Assert.Equal(HttpStatusCode.BadRequest, refusal.StatusCode);
        Assert.Contains("SC1002", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Containers_are_listed_and_queried()
    {
        await using var account = await TestAccount.OpenAsync();
        await account.CreateFlatAsync();
        await account.CreateStreamsAsync();
        var database = account.Client.GetDatabase("db");

        using var list = database.GetContainerQueryIterator<ContainerProperties>();
        using var query = database.GetContainerQueryIterator<ContainerProperties>("SELECT * FROM c WHERE STARTSWITH(c.id, 'str')");

        Assert.Equal(["flat", "streams"], (await list.ReadNextAsync()).Select(container => container.Id));
        Assert.Equal(["streams"], (await query.ReadNextAsync()).Select(container => container.Id));
    }

    private static QueryRequestOptions InPartition(string tenant, string stream, bool direct, int pageSize) => new()
    {
        PartitionKey = Entry.KeyOf(tenant, stream), EnableOptimisticDirectExecution = direct, MaxItemCount = pageSize,
    };

    private static async Task FillAsync(Container container)
    {
        foreach (var tenant in (string[])["t1", "t2"])
        {
            foreach (var stream in (string[])["s1", "s2"])
            {
                var batch = container.CreateTransactionalBatch(Entry.KeyOf(tenant, stream));
                for (var n = 0; n < 12; n++)
                    batch.CreateItem(new Entry($"{n:d2}", tenant, stream) { N = n });
                using var response = await batch.ExecuteAsync();
                Assert.True(response.IsSuccessStatusCode);
            }
        }
    }

    private static async Task<List<T>> DrainAsync<T>(Container container, string? query, QueryRequestOptions options)
    {
        var rows = new List<T>();
        using var feed = container.GetItemQueryIterator<T>(query, requestOptions: options);
        while (feed.HasMoreResults)
            rows.AddRange(await feed.ReadNextAsync());
        return rows;
    }
}
