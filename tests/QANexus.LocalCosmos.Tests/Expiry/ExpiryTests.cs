using System.Net;
using Microsoft.Azure.Cosmos;
using Microsoft.Data.Sqlite;
using QANexus.LocalCosmos.Expiry;
using QANexus.LocalCosmos.Tests.ChangeFeed;
using QANexus.LocalCosmos.Tests.Packaging;

namespace QANexus.LocalCosmos.Tests.Expiry;

public sealed class ExpiryTests
{
    private static readonly PartitionKey s_key = Entry.KeyOf("t1", "s1");

    [Theory]
    [InlineData(Setting.InMemory)]
    [InlineData(Setting.DurableOnPort)]
    [Proves(Area.Items, "time to live")]
    public async Task What_expires_is_deleted_in_the_feed_of_all_versions_and_marked(Setting setting)
    {
        var time = new ManualTime();
        await using var account = await TestAccount.OpenAsync(setting, time);
        var container = await account.CreateStreamsAsync(
            properties =>
            {
                AllVersionsTests.Retain(TimeSpan.FromHours(1))(properties);
                properties.DefaultTimeToLive = 60;
            },
            throughput: 20_000);
        var position = await AllVersionsTests.NowAsync(container);
        await CreateAsync(container, """{"id":"own","tenant":"t1","stream":"s1","n":7,"ttl":10}""");
        await CreateAsync(container, """{"id":"default","tenant":"t1","stream":"s1"}""");
        await CreateAsync(container, """{"id":"for-ever","tenant":"t1","stream":"s1","ttl":-1}""");
        await CreateAsync(container, """{"id":"gone-before","tenant":"t1","stream":"s1","ttl":10}""");
        await container.DeleteItemAsync<Entry>("gone-before", s_key);

        await time.SweepAfterAsync(TimeSpan.FromSeconds(10));
        var (first, next) = await AllVersionsTests.DrainAsync(container, position);
        await time.SweepAfterAsync(TimeSpan.FromSeconds(49));
        var (none, _) = await AllVersionsTests.DrainAsync(container, next);
        await time.SweepAfterAsync(ExpirySweep.Interval);
        var (second, _) = await AllVersionsTests.DrainAsync(container, next);

        Assert.Equal(["gone-before False", "own True"], first.Where(IsDelete).Select(change => $"{change.Metadata.Id} {change.Metadata.IsTimeToLiveExpired}"));
        Assert.Equal(7, first[^1].Previous.N);
        Assert.Empty(none);
        var expired = Assert.Single(second);
        Assert.Equal(("default", true), (expired.Metadata.Id, expired.Metadata.IsTimeToLiveExpired));
        Assert.Equal("s1", $"{expired.Metadata.PartitionKey["stream"]}");
        Assert.Equal(time.GetUtcNow().UtcDateTime, expired.Metadata.ConflictResolutionTimestamp);
    }

    [Fact]
    public async Task A_write_in_the_place_of_an_expired_item_finds_it_deleted_first()
    {
        var time = new ManualTime();
        await using var account = await TestAccount.OpenAsync(time: time);
        var container = await account.CreateStreamsAsync(properties =>
        {
            AllVersionsTests.Retain(TimeSpan.FromHours(1))(properties);
            properties.DefaultTimeToLive = 3;
        });
        await container.CreateItemAsync(new Entry("1", "t1", "s1"), s_key);
        var position = await AllVersionsTests.NowAsync(container);
        // Too early for a sweep.
        time.Advance(TimeSpan.FromSeconds(3));
        await container.CreateItemAsync(new Entry("1", "t1", "s1") { N = 2 }, s_key);

        var (changes, _) = await AllVersionsTests.DrainAsync(container, position);

        Assert.Equal(
            [(ChangeFeedOperationType.Delete, true), (ChangeFeedOperationType.Create, false)],
            changes.Select(change => (change.Metadata.OperationType, change.Metadata.IsTimeToLiveExpired)));
    }

    [Theory]
    [InlineData(Setting.InMemory)]
    [InlineData(Setting.Durable)]
    [Proves(Area.Items, "time to live")]
    public async Task What_has_been_swept_does_not_come_back_when_the_time_to_live_is_taken_away(Setting setting)
    {
        var time = new ManualTime();
        await using var account = await TestAccount.OpenAsync(setting, time);
        var container = await account.CreateStreamsAsync();
        await CreateAsync(container, """{"id":"old","tenant":"t1","stream":"s1","ttl":1}""");
        await CreateAsync(container, """{"id":"older","tenant":"t1","stream":"s1"}""");
        await CreateAsync(container, """{"id":"stays","tenant":"t1","stream":"s1","ttl":1000}""");
        time.Advance(TimeSpan.FromSeconds(100));
        Assert.Equal(3, await CountAsync(container));

        // The replaced definition is about the items that were there before it, too.
        await SetTimeToLiveAsync(container, 50);
        await time.SweepAfterAsync(ExpirySweep.Interval);
        await SetTimeToLiveAsync(container, null);

        Assert.Equal(1, await CountAsync(container));
        using var stays = await container.ReadItemStreamAsync("stays", s_key);
        Assert.Equal(HttpStatusCode.OK, stays.StatusCode);
    }

    [Fact]
    public async Task What_has_expired_but_not_been_swept_comes_back_when_the_time_to_live_is_taken_away()
    {
        var time = new ManualTime();
        await using var account = await TestAccount.OpenAsync(time: time);
        var container = await account.CreateStreamsAsync(properties => properties.DefaultTimeToLive = 1);
        await CreateAsync(container, """{"id":"1","tenant":"t1","stream":"s1"}""");
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, await CountAsync(container));

        await SetTimeToLiveAsync(container, null);

        Assert.Equal(1, await CountAsync(container));
    }

    [Fact]
    public async Task A_container_that_is_deleted_while_it_waits_to_be_swept_is_no_failure()
    {
        var time = new ManualTime();
        await using var account = await TestAccount.OpenAsync(Setting.Durable, time);
        var kept = await account.CreateFlatAsync(properties => properties.DefaultTimeToLive = 1);
        var deleted = await account.CreateStreamsAsync(properties => properties.DefaultTimeToLive = 1);
        await CreateAsync(deleted, """{"id":"1","tenant":"t1","stream":"s1"}""");
        await kept.CreateItemAsync(new { id = "1", pk = "p" }, new PartitionKey("p"));

        await time.ArmedAsync();
        await deleted.DeleteContainerAsync();
        await time.SweepAfterAsync(TimeSpan.FromSeconds(10));
        await SetTimeToLiveAsync(kept, null);

        Assert.Equal(0, await CountAsync(kept));
    }

    [Fact]
    public async Task Versions_past_the_retention_are_removed_from_the_file()
    {
        var time = new ManualTime();
        using var directory = new TempDirectory();
        await using var account = LocalAccount.Open(new LocalAccountOptions { DataDirectory = directory.Path, TimeProvider = time });
        using var client = AllVersionsTests.Client(account);
        Database database = await client.CreateDatabaseAsync("db");
        var properties = new ContainerProperties("streams", ["/tenant", "/stream"]);
        AllVersionsTests.Retain(TimeSpan.FromMinutes(1))(properties);
        Container container = await database.CreateContainerAsync(properties);
        foreach (var number in Enumerable.Range(0, ExpirySweep.GroupSize + 5))
            await container.CreateItemAsync(new Entry($"{number}", "t1", "s1"), s_key);
        await time.SweepAfterAsync(TimeSpan.FromSeconds(30));
        var position = await AllVersionsTests.NowAsync(container);
        await container.DeleteItemAsync<Entry>("0", s_key);
        Assert.Equal(ExpirySweep.GroupSize + 6, CountVersions(directory));

        await time.SweepAfterAsync(TimeSpan.FromSeconds(31));

        Assert.Equal(1, CountVersions(directory));
        Assert.Equal("0", Assert.Single((await AllVersionsTests.DrainAsync(container, position)).Changes).Metadata.Id);
    }

    private static bool IsDelete(ChangeFeedItem<Entry> change) => change.Metadata.OperationType == ChangeFeedOperationType.Delete;

    private static async Task CreateAsync(Container container, string body)
    {
        using var created = await container.CreateItemStreamAsync(TestAccount.Json(body), s_key);
        created.EnsureSuccessStatusCode();
    }

    private static async Task SetTimeToLiveAsync(Container container, int? seconds)
    {
        ContainerProperties properties = await container.ReadContainerAsync();
        properties.DefaultTimeToLive = seconds;
        await container.ReplaceContainerAsync(properties);
    }

    private static async Task<int> CountAsync(Container container)
    {
        using var query = container.GetItemQueryIterator<int>("SELECT VALUE COUNT(1) FROM c");
        return (await query.ReadNextAsync()).Single();
    }

    private static long CountVersions(TempDirectory directory)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(directory.Path, "cosmos.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM versions_1";
        return (long)command.ExecuteScalar()!;
    }
}
