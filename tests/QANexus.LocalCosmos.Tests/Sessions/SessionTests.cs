using System.Net;
using Microsoft.Azure.Cosmos;

namespace QANexus.LocalCosmos.Tests.Sessions;

public sealed class SessionTests
{
    private static readonly PartitionKey s_key = Entry.KeyOf("t1", "s1");

    [Fact]
    public async Task Every_answer_brings_the_position_of_its_range_refusals_too()
    {
        await using var account = await TestAccount.OpenAsync();
        var container = await account.CreateStreamsAsync();
        var entry = new Entry("1", "t1", "s1");

        var created = await container.CreateItemAsync(entry, s_key);
        var conflict = await Assert.ThrowsAsync<CosmosException>(() => container.CreateItemAsync(entry, s_key));
        var missing = await Assert.ThrowsAsync<CosmosException>(() => container.ReadItemAsync<Entry>("2", s_key));
        var read = await container.ReadItemAsync<Entry>("1", s_key);
        var replaced = await container.ReplaceItemAsync(entry, "1", s_key);

        Assert.Equal("0:-1#1", created.Headers.Session);
        Assert.Equal("0:-1#1", conflict.Headers.Session);
        Assert.Equal("0:-1#1", missing.Headers.Session);
        Assert.Equal("0:-1#1", read.Headers.Session);
        Assert.Equal("0:-1#2", replaced.Headers.Session);
    }

    [Fact]
    public async Task A_read_that_demands_a_future_position_is_refused_and_one_that_names_another_range_is_not()
    {
        await using var account = await TestAccount.OpenAsync();
        var container = await account.CreateStreamsAsync();
        await container.CreateItemAsync(new Entry("1", "t1", "s1"), s_key);

        var ahead = await Assert.ThrowsAsync<CosmosException>(() =>
            container.ReadItemAsync<Entry>("1", s_key, new ItemRequestOptions { SessionToken = "0:-1#2" }));
        var other = await container.ReadItemAsync<Entry>("1", s_key, new ItemRequestOptions { SessionToken = "7:-1#2" });

        Assert.Equal((HttpStatusCode.NotFound, 1002), (ahead.StatusCode, ahead.SubStatusCode));
        Assert.Equal("1", other.Resource.Id);
    }

    [Fact]
    public async Task A_container_made_anew_satisfies_the_tokens_of_the_one_it_replaces()
    {
        await using var account = await TestAccount.OpenAsync();
        var container = await account.CreateStreamsAsync();
        for (var i = 0; i < 5; i++)
            await container.UpsertItemAsync(new Entry("1", "t1", "s1"), s_key);
        var old = await container.ReadItemAsync<Entry>("1", s_key);

        await container.DeleteContainerAsync();
        var again = await account.CreateStreamsAsync();
        await again.CreateItemAsync(new Entry("1", "t1", "s1") { N = 2 }, s_key);
        var read = await again.ReadItemAsync<Entry>("1", s_key, new ItemRequestOptions { SessionToken = old.Headers.Session });

        Assert.Equal(2, read.Resource.N);
        Assert.NotEqual(old.ETag, read.ETag);
    }

    [Fact]
    public async Task After_a_split_the_children_go_on_where_the_parent_was()
    {
        await using var account = await TestAccount.OpenAsync();
        var container = await account.CreateStreamsAsync();
        var created = await container.CreateItemAsync(new Entry("1", "t1", "s1"), s_key);
        Assert.Equal("0:-1#1", created.Headers.Session);

        await account.Account.SplitAsync("db", "streams", "0");
        var read = await container.ReadItemAsync<Entry>("1", s_key);
        var replaced = await container.ReplaceItemAsync(new Entry("1", "t1", "s1") { N = 2 }, "1", s_key);

        Assert.Equal(["1", "2"], account.Account.PartitionKeyRangeIds("db", "streams"));
        Assert.EndsWith(":-1#1", read.Headers.Session, StringComparison.Ordinal);
        Assert.EndsWith(":-1#2", replaced.Headers.Session, StringComparison.Ordinal);
        Assert.Equal(2, (await container.ReadItemAsync<Entry>("1", s_key)).Resource.N);
    }
}
