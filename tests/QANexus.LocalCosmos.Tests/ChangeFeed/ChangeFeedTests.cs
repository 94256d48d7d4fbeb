using System.Net;
using Microsoft.Azure.Cosmos;

namespace QANexus.LocalCosmos.Tests.ChangeFeed;

public sealed class ChangeFeedTests
{
    [Theory]
    [InlineData(Setting.InMemory)]
    [InlineData(Setting.DurableOnPort)]
    public async Task From_the_beginning_every_item_comes_once_in_its_last_version_and_in_the_order_of_the_writes(Setting setting)
    {
        await using var account = await TestAccount.OpenAsync(setting);
        var container = await account.CreateStreamsAsync();
        await WriteAsync(container, "t1", "s1", "1", "2", "3");
        await container.DeleteItemAsync<Entry>("2", Entry.KeyOf("t1", "s1"));
        await container.ReplaceItemAsync(new Entry("1", "t1", "s1") { N = 9 }, "1", Entry.KeyOf("t1", "s1"));

        var (entries, _) = await DrainAsync(container, ChangeFeedStartFrom.Beginning(), pageSize: 1);

        Assert.Equal([("3", 0), ("1", 9)], entries.Select(entry => (entry.Id, entry.N)));
    }

    [Fact]
    public async Task From_now_only_later_changes_come()
    {
        await using var account = await TestAccount.OpenAsync();
        var container = await account.CreateStreamsAsync();
        await WriteAsync(container, "t1", "s1", "1");

        var (none, position) = await DrainAsync(container, ChangeFeedStartFrom.Now());
        await WriteAsync(container, "t1", "s1", "2");
        var (later, _) = await DrainAsync(container, ChangeFeedStartFrom.ContinuationToken(position));

        Assert.Empty(none);
        Assert.Equal(["2"], later.Select(entry => entry.Id));
    }

    [Fact]
    public async Task A_start_time_includes_the_changes_of_its_second_and_no_earlier_ones()
    {
        var time = new ManualTime();
        await using var account = await TestAccount.OpenAsync(time: time);
        var container = await account.CreateStreamsAsync();
        await WriteAsync(container, "t1", "s1", "1");
        time.Advance(TimeSpan.FromSeconds(10));
        var start = time.GetUtcNow().UtcDateTime;
        await WriteAsync(container, "t1", "s1", "2");
        time.Advance(TimeSpan.FromSeconds(10));
        await WriteAsync(container, "t1", "s1", "3");

        var (entries, _) = await DrainAsync(container, ChangeFeedStartFrom.Time(start));

        Assert.Equal(["2", "3"], entries.Select(entry => entry.Id));
    }

    [Fact]
    public async Task A_page_never_ends_inside_a_transaction()
    {
        await using var account = await TestAccount.OpenAsync();
        var container = await account.CreateStreamsAsync();
        var key = Entry.KeyOf("t1", "s1");
        await WriteAsync(container, "t1", "s1", "0");
        using (var batch = await container.CreateTransactionalBatch(key)
            .CreateItem(new Entry("1", "t1", "s1")).CreateItem(new Entry("2", "t1", "s1")).CreateItem(new Entry("3", "t1", "s1")).ExecuteAsync())
        {
            Assert.True(batch.IsSuccessStatusCode);
        }

        await WriteAsync(container, "t1", "s1", "4");
        var pages = new List<int>();
        using var feed = container.GetChangeFeedIterator<Entry>(
            ChangeFeedStartFrom.Beginning(), ChangeFeedMode.Incremental, new ChangeFeedRequestOptions { PageSizeHint = 2 });
        while (await feed.ReadNextAsync() is { StatusCode: HttpStatusCode.OK } page)
            pages.Add(page.Count);

        Assert.Equal([4, 1], pages);
    }

    [Fact]
    public async Task A_logical_partition_and_a_prefix_of_the_key_are_feeds_of_their_own()
    {
        await using var account = await TestAccount.OpenAsync();
        var container = await account.CreateStreamsAsync(throughput: 30_000);
        foreach (var tenant in (string[])["t1", "t2"])
        {
            foreach (var stream in (string[])["s1", "s2"])
                await WriteAsync(container, tenant, stream, $"{tenant}-{stream}");
        }

        var (one, position) = await DrainAsync(container, ChangeFeedStartFrom.Beginning(FeedRange.FromPartitionKey(Entry.KeyOf("t1", "s2"))));
        var (tenantOnly, _) = await DrainAsync(
            container, ChangeFeedStartFrom.Beginning(FeedRange.FromPartitionKey(new PartitionKeyBuilder().Add("t1").Build())));
        await WriteAsync(container, "t2", "s2", "elsewhere");
        var (again, _) = await DrainAsync(container, ChangeFeedStartFrom.ContinuationToken(position));

        Assert.Equal(["t1-s2"], one.Select(entry => entry.Id));
        Assert.Equal(["t1-s1", "t1-s2"], tenantOnly.Select(entry => entry.Id).Order());
        Assert.Empty(again);
    }

    [Theory]
    [InlineData(Setting.InMemory)]
    [InlineData(Setting.Durable)]
    public async Task A_split_between_pages_loses_and_doubles_nothing(Setting setting)
    {
        await using var account = await TestAccount.OpenAsync(setting);
        var container = await account.CreateStreamsAsync();
        foreach (var number in Enumerable.Range(0, 40))
            await WriteAsync(container, $"t{number}", "s1", $"{number:d2}");
        using var feed = container.GetChangeFeedIterator<Entry>(
            ChangeFeedStartFrom.Beginning(), ChangeFeedMode.Incremental, new ChangeFeedRequestOptions { PageSizeHint = 7 });
        var seen = (await feed.ReadNextAsync()).Select(entry => entry.Id).ToList();

        await account.Account.SplitAsync("db", "streams", "0");
        await WriteAsync(container, "later", "s1", "later");
        while (await feed.ReadNextAsync() is { StatusCode: HttpStatusCode.OK } page)
            seen.AddRange(page.Select(entry => entry.Id));

        Assert.Equal([.. Enumerable.Range(0, 40).Select(number => $"{number:d2}"), "later"], seen.Order(StringComparer.Ordinal));
    }

    private static async Task WriteAsync(Container container, string tenant, string stream, params string[] ids)
    {
        foreach (var id in ids)
            await container.CreateItemAsync(new Entry(id, tenant, stream), Entry.KeyOf(tenant, stream));
    }

    private static async Task<(List<Entry> Entries, string Position)> DrainAsync(Container container, ChangeFeedStartFrom start, int? pageSize = null)
    {
        var entries = new List<Entry>();
        using var feed = container.GetChangeFeedIterator<Entry>(start, ChangeFeedMode.Incremental, new ChangeFeedRequestOptions { PageSizeHint = pageSize });
        while (true)
        {
            var page = await feed.ReadNextAsync();
            if (page.StatusCode == HttpStatusCode.NotModified)
                return (entries, page.ContinuationToken);
            entries.AddRange(page);
        }
    }
}
