using System.Net;
using Microsoft.Azure.Cosmos;
using QANexus.LocalCosmos.Faults;
using QANexus.LocalCosmos.Tests.Packaging;

namespace QANexus.LocalCosmos.Tests.Faults;

public sealed class LaggingReplicaTests
{
    private static readonly PartitionKey s_key = Entry.KeyOf("t1", "s1");

    [Fact]
    [Proves(Area.Consistency, "lagging replicas")]
    public async Task A_client_sees_its_own_writes_and_another_ones_only_when_a_token_demands_them()
    {
        await using var account = await TestAccount.OpenAsync(Setting.Durable);
        var writer = await account.CreateStreamsAsync();
        await writer.CreateItemAsync(New("1"), s_key);
        using var lag = account.Account.Faults.Add(new FaultRule { Fault = new LaggingReplicaFault() });
        var reader = account.CreateClient().GetContainer("db", "streams");

        var written = await writer.CreateItemAsync(New("2"), s_key);
        using var own = await writer.ReadItemStreamAsync("2", s_key);
        using var others = await reader.ReadItemStreamAsync("2", s_key);
        using var demanded = await reader.ReadItemStreamAsync("2", s_key, new ItemRequestOptions { SessionToken = written.Headers.Session });

        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, others.StatusCode);
        Assert.Equal("0:-1#1", others.Headers.Session);
        Assert.Equal(HttpStatusCode.OK, demanded.StatusCode);
    }

    [Fact]
    [Proves(Area.Consistency, "lagging replicas")]
    public async Task A_conflict_is_current_and_brings_the_token_that_makes_the_next_read_current()
    {
        await using var account = await TestAccount.OpenAsync(Setting.Durable);
        var writer = await account.CreateStreamsAsync();
        using var lag = account.Account.Faults.Add(new FaultRule { Fault = new LaggingReplicaFault() });
        var reader = account.CreateClient().GetContainer("db", "streams");
        await writer.CreateItemAsync(New("1"), s_key);

        using var stale = await reader.ReadItemStreamAsync("1", s_key);
        using var primary = await reader.CreateTransactionalBatch(s_key).ReadItem("1").ExecuteAsync();
        using var current = await reader.ReadItemStreamAsync("1", s_key);

        Assert.Equal(HttpStatusCode.NotFound, stale.StatusCode);
        Assert.Equal(HttpStatusCode.OK, primary.StatusCode);
        Assert.Equal(HttpStatusCode.OK, current.StatusCode);
    }

    [Fact]
    public async Task A_replica_catches_up_when_it_has_missed_too_many_writes()
    {
        await using var account = await TestAccount.OpenAsync(Setting.Durable);
        var writer = await account.CreateStreamsAsync();
        using var lag = account.Account.Faults.Add(new FaultRule { Fault = new LaggingReplicaFault(MaxWrites: 2) });
        var seen = new List<HttpStatusCode>();
        foreach (var id in (string[])["1", "2", "3"])
        {
            await writer.CreateItemAsync(New(id), s_key);
            using var read = await account.CreateClient().GetContainer("db", "streams").ReadItemStreamAsync("1", s_key);
            seen.Add(read.StatusCode);
        }

        Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.OK], seen);
    }

    [Fact]
    public async Task A_replica_catches_up_when_it_is_too_old()
    {
        var time = new ManualTime();
        await using var account = await TestAccount.OpenAsync(Setting.Durable, time);
        var writer = await account.CreateStreamsAsync();
        using var lag = account.Account.Faults.Add(new FaultRule { Fault = new LaggingReplicaFault(MaxAge: TimeSpan.FromSeconds(5)) });
        await writer.CreateItemAsync(New("1"), s_key);

        using var before = await account.CreateClient().GetContainer("db", "streams").ReadItemStreamAsync("1", s_key);
        time.Advance(TimeSpan.FromSeconds(6));
        using var after = await account.CreateClient().GetContainer("db", "streams").ReadItemStreamAsync("1", s_key);

        Assert.Equal(HttpStatusCode.NotFound, before.StatusCode);
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
    }

    [Fact]
    public async Task A_lagging_change_feed_delivers_later_what_it_misses_now()
    {
        await using var account = await TestAccount.OpenAsync(Setting.Durable);
        var writer = await account.CreateStreamsAsync();
        await writer.CreateItemAsync(New("1"), s_key);
        var lag = account.Account.Faults.Add(new FaultRule { Fault = new LaggingReplicaFault() });
        await writer.CreateItemAsync(New("2"), s_key);
        using var feed = account.CreateClient().GetContainer("db", "streams").GetChangeFeedIterator<Entry>(
            ChangeFeedStartFrom.Beginning(), ChangeFeedMode.Incremental);

        var early = await feed.ReadNextAsync();
        var nothing = await feed.ReadNextAsync();
        lag.Dispose();
        var late = await feed.ReadNextAsync();

        Assert.Equal(["1"], early.Select(entry => entry.Id));
        Assert.Equal(HttpStatusCode.NotModified, nothing.StatusCode);
        Assert.Equal(["2"], late.Select(entry => entry.Id));
    }

    [Fact]
    [Proves(Area.Consistency, "lagging replicas")]
    public async Task A_lagging_query_shows_the_earlier_state()
    {
        await using var account = await TestAccount.OpenAsync(Setting.Durable);
        var writer = await account.CreateStreamsAsync();
        await writer.CreateItemAsync(New("1"), s_key);
        using var lag = account.Account.Faults.Add(new FaultRule { Fault = new LaggingReplicaFault() });
        await writer.CreateItemAsync(New("2"), s_key);

        Assert.Equal(["1"], await QueryAsync(account.CreateClient().GetContainer("db", "streams")));
        Assert.Equal(["1", "2"], await QueryAsync(writer));
    }

    [Fact]
    public async Task A_container_younger_than_the_replica_is_read_currently()
    {
        await using var account = await TestAccount.OpenAsync(Setting.Durable);
        using var lag = account.Account.Faults.Add(new FaultRule { Fault = new LaggingReplicaFault() });
        var container = await account.CreateStreamsAsync();
        await container.CreateItemAsync(New("1"), s_key);

        Assert.Equal(["1"], await QueryAsync(account.CreateClient().GetContainer("db", "streams")));
    }

    [Fact]
    public async Task An_account_in_memory_has_no_replicas()
    {
        await using var account = await TestAccount.OpenAsync();

        Assert.Throws<NotSupportedException>(() => account.Account.Faults.Add(new FaultRule { Fault = new LaggingReplicaFault() }));
    }

    private static async Task<List<string>> QueryAsync(Container container)
    {
        using var query = container.GetItemQueryIterator<Entry>(
            "SELECT * FROM c ORDER BY c.id", requestOptions: new QueryRequestOptions { PartitionKey = s_key, EnableOptimisticDirectExecution = true });
        return [.. (await query.ReadNextAsync()).Select(entry => entry.Id)];
    }

    private static Entry New(string id) => new(id, "t1", "s1");
}
