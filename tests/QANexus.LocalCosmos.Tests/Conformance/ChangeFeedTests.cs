using System.Net;
using Microsoft.Azure.Cosmos;
using QANexus.LocalCosmos.Tests.Packaging;

namespace QANexus.LocalCosmos.Tests.Conformance;

public sealed class ChangeFeedTests
{
    [Theory, OverBothTransports]
    [Proves(Area.ChangeFeed, "pull, latest version: from the beginning, now, a time, a continuation")]
    public async Task From_the_beginning_every_item_comes_once_in_its_latest_version_in_the_order_of_its_last_write(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync();
        foreach (var id in new[] { "a", "b", "c", "d" })
            await container.CreateItemAsync(new Item(id, "t1", "s1") { N = 1 }, CosmosFixture.Key);
        await container.ReplaceItemAsync(new Item("a", "t1", "s1") { N = 2 }, "a", CosmosFixture.Key);
        await container.DeleteItemAsync<Item>("c", CosmosFixture.Key);

        using var feed = container.GetChangeFeedIterator<Change>(ChangeFeedStartFrom.Beginning(), ChangeFeedMode.Incremental);
        var changes = await DrainAsync(feed);

        Assert.Equal(["b 1", "d 1", "a 2"], changes.Select(change => $"{change.Id} {change.N}"));
        Assert.Equal(changes.Select(change => change.Lsn).Order(), changes.Select(change => change.Lsn));
    }

    [Theory, OverBothTransports]
    public async Task An_empty_feed_is_304_and_goes_on_when_something_comes(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync();
        using var feed = container.GetChangeFeedIterator<Change>(ChangeFeedStartFrom.Beginning(), ChangeFeedMode.Incremental);

        var nothing = await feed.ReadNextAsync();
        await container.CreateItemAsync(new Item("a", "t1", "s1"), CosmosFixture.Key);
        var something = await feed.ReadNextAsync();

        Assert.Equal((HttpStatusCode.NotModified, 0), (nothing.StatusCode, nothing.Count));
        Assert.Equal("a", Assert.Single(something).Id);
        Assert.True(feed.HasMoreResults);
        var notModified = cosmos.Wire.Items.First(exchange => exchange.Status == HttpStatusCode.NotModified);
        Assert.Equal("0", notModified["x-ms-item-count"]);
        Assert.Matches("^\"[0-9]+\"$", notModified["etag"]);
        Assert.Empty(notModified.Body);
    }

    [Theory, OverBothTransports]
    [Proves(Area.ChangeFeed, "pull, latest version: from the beginning, now, a time, a continuation")]
    public async Task From_now_nothing_old_comes_and_everything_new_does(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync();
        await container.CreateItemAsync(new Item("old", "t1", "s1"), CosmosFixture.Key);
        using var feed = container.GetChangeFeedIterator<Change>(ChangeFeedStartFrom.Now(), ChangeFeedMode.Incremental);

        Assert.Equal(HttpStatusCode.NotModified, (await feed.ReadNextAsync()).StatusCode);
        await container.CreateItemAsync(new Item("new", "t1", "s1"), CosmosFixture.Key);

        Assert.Equal(["new"], (await DrainAsync(feed)).Select(change => change.Id));
    }

    [Theory, OverBothTransports]
    [Proves(Area.ChangeFeed, "pull, latest version: from the beginning, now, a time, a continuation")]
    public async Task From_a_time_what_was_written_before_that_second_is_left_out(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync();
        await container.CreateItemAsync(new Item("before", "t1", "s1"), CosmosFixture.Key);
        cosmos.Clock.Advance(TimeSpan.FromSeconds(10));
        var start = cosmos.Clock.GetUtcNow().UtcDateTime;
        cosmos.Clock.Advance(TimeSpan.FromSeconds(1));
        await container.CreateItemAsync(new Item("after", "t1", "s1"), CosmosFixture.Key);

        using var feed = container.GetChangeFeedIterator<Change>(ChangeFeedStartFrom.Time(start), ChangeFeedMode.Incremental);

        Assert.Equal(["after"], (await DrainAsync(feed)).Select(change => change.Id));
    }

    [Theory, OverBothTransports]
    [Proves(Area.ChangeFeed, "pull, latest version: from the beginning, now, a time, a continuation")]
    public async Task A_continuation_resumes_in_another_client_without_loss_or_double(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync(throughput: 20_000);
        for (var i = 0; i < 40; i++)
            await container.CreateItemAsync(new Item("1", $"t{i}", "s1") { N = i }, CosmosFixture.KeyOf($"t{i}", "s1"));

        var seen = new List<double?>();
        string? continuation = null;
        while (true)
        {
            var reader = cosmos.CreateClient().GetContainer("db", "ev");
            using var feed = reader.GetChangeFeedIterator<Change>(
                continuation is null ? ChangeFeedStartFrom.Beginning() : ChangeFeedStartFrom.ContinuationToken(continuation),
                ChangeFeedMode.Incremental,
                new ChangeFeedRequestOptions { PageSizeHint = 7 });
            var page = await feed.ReadNextAsync();
            continuation = page.ContinuationToken;
            if (page.StatusCode == HttpStatusCode.NotModified)
                break;
            seen.AddRange(page.Select(change => change.N));
        }

        Assert.Equal(Enumerable.Range(0, 40).Select(i => (double?)i), seen.Order());
        Assert.Contains("\"type\":\"continuation\"", continuation, StringComparison.Ordinal);
    }

    [Theory, OverBothTransports]
    public async Task A_page_has_the_size_asked_for(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync();
        for (var i = 0; i < 5; i++)
            await container.CreateItemAsync(new Item($"{i}", "t1", "s1"), CosmosFixture.Key);

        using var feed = container.GetChangeFeedIterator<Change>(
            ChangeFeedStartFrom.Beginning(), ChangeFeedMode.Incremental, new ChangeFeedRequestOptions { PageSizeHint = 2 });

        var sizes = new List<int>();
        for (var i = 0; i < 4; i++)
            sizes.Add((await feed.ReadNextAsync()).Count);
        Assert.Equal([2, 2, 1, 0], sizes);
    }

    [Theory, OverBothTransports]
    [Proves(Area.ChangeFeed, "feeds of one partition key and of one range")]
    public async Task A_feed_of_one_partition_key_has_that_keys_changes_only(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync();
        await WriteThreeStreamsAsync(container);

        using var whole = container.GetChangeFeedIterator<Change>(
            ChangeFeedStartFrom.Beginning(FeedRange.FromPartitionKey(CosmosFixture.KeyOf("t1", "s2"))), ChangeFeedMode.Incremental);
        using var prefix = container.GetChangeFeedIterator<Change>(
            ChangeFeedStartFrom.Beginning(FeedRange.FromPartitionKey(new PartitionKeyBuilder().Add("t1").Build())), ChangeFeedMode.Incremental);

        Assert.Equal(["t1s2"], (await DrainAsync(whole)).Select(change => change.Id));
        Assert.Equal(["t1s1", "t1s2"], (await DrainAsync(prefix)).Select(change => change.Id));
    }

    [Theory, OverBothTransports]
    [Proves(Area.ChangeFeed, "feeds of one partition key and of one range")]
    public async Task The_feeds_of_all_ranges_together_have_every_change_once(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync(throughput: 30_000);
        for (var i = 0; i < 30; i++)
            await container.CreateItemAsync(new Item("1", $"t{i}", "s1") { N = i }, CosmosFixture.KeyOf($"t{i}", "s1"));

        var ranges = await container.GetFeedRangesAsync();
        var seen = new List<double?>();
        foreach (var range in ranges)
        {
            using var feed = container.GetChangeFeedIterator<Change>(
                ChangeFeedStartFrom.Beginning(FeedRange.FromJsonString(range.ToJsonString())), ChangeFeedMode.Incremental);
            seen.AddRange((await DrainAsync(feed)).Select(change => change.N));
        }

        Assert.Equal(3, ranges.Count);
        Assert.Equal(Enumerable.Range(0, 30).Select(i => (double?)i), seen.Order());
    }

    [Theory, OverBothTransports]
    [Proves(Area.ChangeFeed, "splits while it is read")]
    public async Task A_split_during_iteration_loses_and_doubles_nothing(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync();
        for (var i = 0; i < 30; i++)
            await container.CreateItemAsync(new Item("1", $"t{i}", "s1") { N = i }, CosmosFixture.KeyOf($"t{i}", "s1"));
        using var feed = container.GetChangeFeedIterator<Change>(
            ChangeFeedStartFrom.Beginning(), ChangeFeedMode.Incremental, new ChangeFeedRequestOptions { PageSizeHint = 10 });

        var seen = (await feed.ReadNextAsync()).Select(change => change.N).ToList();
        await cosmos.Account.SplitAsync("db", "ev", "0");
        for (var i = 30; i < 40; i++)
            await container.CreateItemAsync(new Item("1", $"t{i}", "s1") { N = i }, CosmosFixture.KeyOf($"t{i}", "s1"));
        seen.AddRange((await DrainAsync(feed)).Select(change => change.N));

        Assert.Equal(Enumerable.Range(0, 40).Select(i => (double?)i), seen.Order());
        Assert.Contains(cosmos.Wire.Items, exchange => exchange.Status == HttpStatusCode.Gone && exchange["x-ms-substatus"] == "1002");
    }

    [Theory, OverBothTransports]
    public async Task A_token_of_a_container_that_is_gone_is_refused_by_the_client(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync();
        using var feed = container.GetChangeFeedIterator<Change>(ChangeFeedStartFrom.Beginning(), ChangeFeedMode.Incremental);
        var token = (await feed.ReadNextAsync()).ContinuationToken;
        await container.DeleteContainerAsync();
        await cosmos.CreateContainerAsync();

        var recreated = cosmos.CreateClient().GetContainer("db", "ev");
        using var resumed = recreated.GetChangeFeedIterator<Change>(ChangeFeedStartFrom.ContinuationToken(token), ChangeFeedMode.Incremental);

        var exception = await Assert.ThrowsAsync<CosmosException>(() => resumed.ReadNextAsync());
        Assert.Equal(HttpStatusCode.BadRequest, exception.StatusCode);
    }

    [Theory, OverBothTransports]
    public async Task Numbers_and_text_come_through_the_feed_as_they_were_written(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync();
        using var created = await container.CreateItemStreamAsync(
            CosmosFixture.Utf8("""{"id":"1","tenantId":"t1","streamId":"s1","n":1.50,"text":"ä\u00e4"}"""), CosmosFixture.Key);

        using var feed = container.GetChangeFeedStreamIterator(ChangeFeedStartFrom.Beginning(), ChangeFeedMode.Incremental);
        using var page = await feed.ReadNextAsync();

        var text = await new StreamReader(page.Content).ReadToEndAsync();
        Assert.Contains("""{"id":"1","tenantId":"t1","streamId":"s1","n":1.50,"text":"ä\u00e4",""", text, StringComparison.Ordinal);
        Assert.Contains("\"_lsn\":", text, StringComparison.Ordinal);
    }

    internal static async Task<List<Change>> DrainAsync(FeedIterator<Change> feed)
    {
        var changes = new List<Change>();
        while (await feed.ReadNextAsync() is { StatusCode: HttpStatusCode.OK } page)
            changes.AddRange(page);
        return changes;
    }

    private static async Task WriteThreeStreamsAsync(Container container)
    {
        foreach (var (tenant, stream) in new[] { ("t1", "s1"), ("t1", "s2"), ("t2", "s1") })
            await container.CreateItemAsync(new Item(tenant + stream, tenant, stream), CosmosFixture.KeyOf(tenant, stream));
    }
}
