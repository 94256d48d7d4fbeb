using System.Globalization;
using System.Net;
using Microsoft.Azure.Cosmos;
using QANexus.LocalCosmos.Authorization;
using QANexus.LocalCosmos.Tests.Packaging;

namespace QANexus.LocalCosmos.Tests.ChangeFeed;

public sealed class AllVersionsTests
{
    private static readonly PartitionKey s_key = Entry.KeyOf("t1", "s1");

    [Theory]
    [InlineData(Setting.InMemory)]
    [InlineData(Setting.DurableOnPort)]
    [Proves(Area.ChangeFeed, "all versions and deletes: from now and a continuation, with the version before, within the retention")]
    public async Task Every_version_comes_with_the_one_before_it_and_a_delete_with_the_key_of_what_is_gone(Setting setting)
    {
        var time = new ManualTime();
        await using var account = await TestAccount.OpenAsync(setting, time);
        var container = await account.CreateStreamsAsync(Retain(TimeSpan.FromHours(1)));
        await container.CreateItemAsync(new Entry("old", "t1", "s1"), s_key);
        var position = await NowAsync(container);
        await container.CreateItemAsync(new Entry("1", "t1", "s1") { N = 1 }, s_key);
        time.Advance(TimeSpan.FromSeconds(5));
        await container.UpsertItemAsync(new Entry("1", "t1", "s1") { N = 2 }, s_key);
        await container.PatchItemAsync<Entry>("1", s_key, [PatchOperation.Set("/n", 3)]);
        await container.DeleteItemAsync<Entry>("1", s_key);
        await container.DeleteItemAsync<Entry>("old", s_key);

        var (changes, _) = await DrainAsync(container, position);

        Assert.Equal(
            ["create null>1", "replace 1>2", "replace 2>3", "delete 3>null", "delete 0>null"],
            changes.Select(change => $"{Kind(change)} {Text(change.Previous)}>{Text(change.Current)}"));
        Assert.Equal(changes.Select(change => change.Metadata.Lsn).Order(), changes.Select(change => change.Metadata.Lsn));
        Assert.Equal(changes.Take(3).Select(change => change.Metadata.Lsn), changes.Skip(1).Take(3).Select(change => change.Metadata.PreviousLsn));
        Assert.Equal(TimeSpan.FromSeconds(5), changes[1].Metadata.ConflictResolutionTimestamp - changes[0].Metadata.ConflictResolutionTimestamp);
        Assert.Equal(time.GetUtcNow().UtcDateTime, changes[4].Metadata.ConflictResolutionTimestamp);
        Assert.All(changes, change => Assert.False(change.Metadata.IsTimeToLiveExpired));
        Assert.Equal(["1", "old"], changes.Skip(3).Select(change => change.Metadata.Id));
        Assert.Equal(
            [("tenant", "t1"), ("stream", "s1")],
            changes[3].Metadata.PartitionKey.Select(component => (component.Key, Convert.ToString(component.Value, CultureInfo.InvariantCulture)!)));

        static string Text(Entry? image) => image?.N.ToString(CultureInfo.InvariantCulture) ?? "null";
    }

    [Fact]
    [Proves(Area.ChangeFeed, "all versions and deletes: from now and a continuation, with the version before, within the retention")]
    public async Task A_transaction_is_one_position_and_no_page_ends_inside_it()
    {
        await using var account = await TestAccount.OpenAsync();
        var container = await account.CreateStreamsAsync(Retain(TimeSpan.FromHours(1)));
        var position = await NowAsync(container);
        await container.CreateItemAsync(new Entry("0", "t1", "s1"), s_key);
        using (var batch = await container.CreateTransactionalBatch(s_key)
            .CreateItem(new Entry("1", "t1", "s1")).ReplaceItem("0", new Entry("0", "t1", "s1") { N = 1 }).DeleteItem("1").ExecuteAsync())
        {
            Assert.True(batch.IsSuccessStatusCode);
        }

        using (var refused = await container.CreateTransactionalBatch(s_key)
            .CreateItem(new Entry("2", "t1", "s1")).CreateItem(new Entry("0", "t1", "s1")).ExecuteAsync())
        {
            Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        }

        await container.DeleteItemAsync<Entry>("0", s_key);
        using var feed = Open(container, position, pageSize: 2);
        var pages = new List<string>();
        while (await feed.ReadNextAsync() is { StatusCode: HttpStatusCode.OK } page)
            pages.Add(string.Join(' ', page.Select(Kind)) + " at " + page.Select(change => change.Metadata.Lsn).Distinct().Count());

        // What was rolled back has never been.
        Assert.Equal(["create create replace delete at 2", "delete at 1"], pages);
    }

    [Theory]
    [InlineData(Setting.InMemory)]
    [InlineData(Setting.Durable)]
    [Proves(Area.ChangeFeed, "all versions and deletes: from now and a continuation, with the version before, within the retention")]
    public async Task A_split_between_pages_loses_and_doubles_nothing(Setting setting)
    {
        await using var account = await TestAccount.OpenAsync(setting);
        var container = await account.CreateStreamsAsync(Retain(TimeSpan.FromHours(1)), throughput: 20_000);
        var position = await NowAsync(container);
        foreach (var number in Enumerable.Range(0, 30))
            await container.CreateItemAsync(new Entry($"{number:d2}", $"t{number}", "s1"), Entry.KeyOf($"t{number}", "s1"));
        using var feed = Open(container, position, pageSize: 4);
        var seen = (await feed.ReadNextAsync()).Select(change => change.Current.Id).ToList();

        await account.Account.SplitAsync("db", "streams", "0");
        await account.Account.SplitAsync("db", "streams", "1");
        await container.DeleteItemAsync<Entry>("07", Entry.KeyOf("t7", "s1"));
        while (await feed.ReadNextAsync() is { StatusCode: HttpStatusCode.OK } page)
            seen.AddRange(page.Select(change => change.Current?.Id ?? "-" + change.Metadata.Id));

        Assert.Equal([.. Enumerable.Range(0, 30).Select(number => $"{number:d2}"), "-07"], seen.OrderBy(id => id[0] == '-').ThenBy(id => id, StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_logical_partition_is_a_feed_of_its_own()
    {
        await using var account = await TestAccount.OpenAsync();
        var container = await account.CreateStreamsAsync(Retain(TimeSpan.FromHours(1)));
        var position = await NowAsync(container, FeedRange.FromPartitionKey(Entry.KeyOf("t1", "s2")));
        foreach (var stream in (string[])["s1", "s2", "s3"])
            await container.CreateItemAsync(new Entry(stream, "t1", stream), Entry.KeyOf("t1", stream));

        var (changes, next) = await DrainAsync(container, position);

        Assert.Equal(["s2"], changes.Select(change => change.Current.Id));
        Assert.Empty((await DrainAsync(container, next)).Changes);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_feed_starts_neither_at_the_beginning_nor_at_a_time(bool atTheBeginning)
    {
        var time = new ManualTime();
        await using var account = await TestAccount.OpenAsync(time: time);
        var container = await account.CreateStreamsAsync(Retain(TimeSpan.FromHours(1)));
        var start = atTheBeginning ? ChangeFeedStartFrom.Beginning() : ChangeFeedStartFrom.Time(time.GetUtcNow().UtcDateTime);
        using var feed = container.GetChangeFeedStreamIterator(start, ChangeFeedMode.AllVersionsAndDeletes);

        using var page = await feed.ReadNextAsync();

        Assert.Equal(HttpStatusCode.BadRequest, page.StatusCode);
        Assert.Contains("starts now or at a continuation", page.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_container_that_retains_nothing_has_no_such_feed()
    {
        await using var account = await TestAccount.OpenAsync();
        var container = await account.CreateStreamsAsync();
        using var feed = container.GetChangeFeedStreamIterator(ChangeFeedStartFrom.Now(), ChangeFeedMode.AllVersionsAndDeletes);

        using var page = await feed.ReadNextAsync();

        Assert.Equal(HttpStatusCode.BadRequest, page.StatusCode);
        Assert.Contains("Full-Fidelity Feed", page.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    [Proves(Area.ChangeFeed, "all versions and deletes: from now and a continuation, with the version before, within the retention")]
    public async Task A_position_with_changes_behind_it_that_are_past_the_retention_is_refused()
    {
        var time = new ManualTime();
        await using var account = await TestAccount.OpenAsync(time: time);
        var container = await account.CreateStreamsAsync(Retain(TimeSpan.FromMinutes(10)));
        var before = await NowAsync(container);
        await container.CreateItemAsync(new Entry("1", "t1", "s1"), s_key);
        var (_, behind) = await DrainAsync(container, before);
        time.Advance(TimeSpan.FromMinutes(10));
        Assert.Single((await DrainAsync(container, before)).Changes);

        time.Advance(TimeSpan.FromSeconds(1));
        var refusal = await Assert.ThrowsAsync<CosmosException>(() => DrainAsync(container, before));

        Assert.Equal(HttpStatusCode.BadRequest, refusal.StatusCode);
        Assert.Contains("older than the retention", refusal.ResponseBody, StringComparison.Ordinal);
        // Nothing has been missed here, however old it is.
        await container.DeleteItemAsync<Entry>("1", s_key);
        Assert.Equal(["delete"], (await DrainAsync(container, behind)).Changes.Select(Kind));
    }

    [Fact]
    public async Task Switching_the_retention_off_and_on_again_forgets_what_was()
    {
        await using var account = await TestAccount.OpenAsync();
        var container = await account.CreateStreamsAsync(Retain(TimeSpan.FromHours(1)));
        var before = await NowAsync(container);
        await container.CreateItemAsync(new Entry("1", "t1", "s1"), s_key);
        ContainerProperties properties = await container.ReadContainerAsync();
        Assert.Equal(TimeSpan.FromHours(1), properties.ChangeFeedPolicy.FullFidelityRetention);
        properties.ChangeFeedPolicy.FullFidelityRetention = ChangeFeedPolicy.FullFidelityNoRetention;
        await container.ReplaceContainerAsync(properties);
        await container.CreateItemAsync(new Entry("2", "t1", "s1"), s_key);
        properties.ChangeFeedPolicy.FullFidelityRetention = TimeSpan.FromMinutes(1);
        await container.ReplaceContainerAsync(properties);

        var refusal = await Assert.ThrowsAsync<CosmosException>(() => DrainAsync(container, before));
        var position = await NowAsync(container);
        await container.CreateItemAsync(new Entry("3", "t1", "s1"), s_key);

        Assert.Equal(HttpStatusCode.BadRequest, refusal.StatusCode);
        Assert.Equal(["3"], (await DrainAsync(container, position)).Changes.Select(change => change.Current.Id));
    }

    [Fact]
    [Proves(Area.ChangeFeed, "all versions and deletes: from now and a continuation, with the version before, within the retention")]
    public async Task The_versions_outlive_the_account_that_wrote_them()
    {
        using var directory = new TempDirectory();
        string position;
        await using (var account = Reopen(directory))
        {
            using var client = Client(account);
            Database database = await client.CreateDatabaseAsync("db");
            var properties = new ContainerProperties("streams", ["/tenant", "/stream"]);
            Retain(TimeSpan.FromHours(1))(properties);
            Container container = await database.CreateContainerAsync(properties);
            position = await NowAsync(container);
            await container.CreateItemAsync(new Entry("1", "t1", "s1"), s_key);
            await container.DeleteItemAsync<Entry>("1", s_key);
        }

        await using (var account = Reopen(directory))
        {
            using var client = Client(account);
            var (changes, _) = await DrainAsync(client.GetContainer("db", "streams"), position);
            Assert.Equal(["create", "delete"], changes.Select(Kind));
            await client.GetContainer("db", "streams").DeleteContainerAsync();
        }
    }

    internal static Action<ContainerProperties> Retain(TimeSpan retention) =>
        properties => properties.ChangeFeedPolicy = new ChangeFeedPolicy { FullFidelityRetention = retention };

    internal static async Task<string> NowAsync(Container container, FeedRange? range = null)
    {
        using var feed = container.GetChangeFeedIterator<ChangeFeedItem<Entry>>(
            range is null ? ChangeFeedStartFrom.Now() : ChangeFeedStartFrom.Now(range), ChangeFeedMode.AllVersionsAndDeletes);
        var nothing = await feed.ReadNextAsync();
        Assert.Equal(HttpStatusCode.NotModified, nothing.StatusCode);
        return nothing.ContinuationToken;
    }

    internal static async Task<(List<ChangeFeedItem<Entry>> Changes, string Position)> DrainAsync(Container container, string position)
    {
        var changes = new List<ChangeFeedItem<Entry>>();
        using var feed = Open(container, position, pageSize: 100);
        while (true)
        {
            var page = await feed.ReadNextAsync();
            if (page.StatusCode == HttpStatusCode.NotModified)
                return (changes, page.ContinuationToken);
            changes.AddRange(page);
        }
    }

    private static LocalAccount Reopen(TempDirectory directory) => LocalAccount.Open(new LocalAccountOptions { DataDirectory = directory.Path });

    internal static CosmosClient Client(LocalAccount account) => new(LocalAccount.Endpoint.AbsoluteUri, WellKnownKey.Value, new CosmosClientOptions
    {
        ConnectionMode = ConnectionMode.Gateway,
        HttpClientFactory = () => new HttpClient(account.CreateHandler()),
        UseSystemTextJsonSerializerWithOptions = System.Text.Json.JsonSerializerOptions.Web,
    });

    private static FeedIterator<ChangeFeedItem<Entry>> Open(Container container, string position, int pageSize) =>
        container.GetChangeFeedIterator<ChangeFeedItem<Entry>>(
            ChangeFeedStartFrom.ContinuationToken(position), ChangeFeedMode.AllVersionsAndDeletes, new ChangeFeedRequestOptions { PageSizeHint = pageSize });

    private static string Kind(ChangeFeedItem<Entry> change) => change.Metadata.OperationType.ToString().ToLowerInvariant();
}
