using System.Net;
using Microsoft.Azure.Cosmos;

namespace QANexus.LocalCosmos.Tests.Accounts;

public sealed class ConcurrencyTests
{
    [Theory]
    [InlineData(Setting.InMemory)]
    [InlineData(Setting.Durable)]
    public async Task Of_many_writers_of_one_id_one_wins_and_a_counter_loses_no_increment(Setting setting)
    {
        await using var account = await TestAccount.OpenAsync(setting);
        var container = await account.CreateStreamsAsync();
        var key = Entry.KeyOf("t1", "s1");

        var created = await Task.WhenAll(Enumerable.Range(0, 16).Select(number => Task.Run(async () =>
        {
            using var response = await container.CreateTransactionalBatch(key)
                .CreateItem(new Entry("0", "t1", "s1")).CreateItem(new Entry($"of-{number}", "t1", "s1")).ExecuteAsync();
            return response.StatusCode;
        })));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => IncrementAsync(container, 10))));

        Assert.Equal(1, created.Count(status => status == HttpStatusCode.OK));
        Assert.Equal(15, created.Count(status => status == HttpStatusCode.Conflict));
        Assert.Equal(80, (await container.ReadItemAsync<Entry>("0", key)).Resource.N);
        using var feed = container.GetChangeFeedIterator<Entry>(ChangeFeedStartFrom.Beginning(), ChangeFeedMode.Incremental);
        Assert.Equal(2, (await feed.ReadNextAsync()).Count);
    }

    private static async Task IncrementAsync(Container container, int times)
    {
        var key = Entry.KeyOf("t1", "s1");
        for (var done = 0; done < times;)
        {
            var read = await container.ReadItemAsync<Entry>("0", key);
            using var response = await container.CreateTransactionalBatch(key)
                .ReplaceItem("0", read.Resource with { N = read.Resource.N + 1 }, new TransactionalBatchItemRequestOptions { IfMatchEtag = read.ETag })
                .ExecuteAsync();
            if (response.IsSuccessStatusCode)
                done++;
            else
                Assert.Equal(HttpStatusCode.PreconditionFailed, response.StatusCode);
        }
    }
}
