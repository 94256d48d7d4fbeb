using Microsoft.Azure.Cosmos;
using QANexus.LocalCosmos.Partitioning;

namespace QANexus.LocalCosmos.Tests.Partitioning;

public sealed class RangeTests
{
    [Theory]
    [InlineData(400, 1)]
    [InlineData(10_000, 1)]
    [InlineData(10_001, 2)]
    [InlineData(70_000, 7)]
    public async Task A_container_has_a_partition_for_every_ten_thousand_request_units(int throughput, int partitions)
    {
        await using var account = await TestAccount.OpenAsync();

        var container = await account.CreateStreamsAsync(throughput: throughput);

        Assert.Equal(partitions, account.Account.PartitionKeyRangeIds("db", "streams").Count);
        Assert.Equal(partitions, (await container.GetFeedRangesAsync()).Count);
    }

    [Fact]
    public async Task Splits_of_splits_cover_the_key_space_without_a_gap()
    {
        await using var account = await TestAccount.OpenAsync();
        var container = await account.CreateFlatAsync();
        var written = new List<string>();
        for (var round = 0; round < 5; round++)
        {
            foreach (var number in Enumerable.Range(round * 20, 20))
            {
                written.Add($"{number}");
                await container.CreateItemAsync(new { id = $"{number}", pk = $"{number}" }, new PartitionKey($"{number}"));
            }

            await account.Account.SplitAsync("db", "flat", account.Account.PartitionKeyRangeIds("db", "flat")[^1]);
        }

        var found = new List<string>();
        foreach (var range in await account.CreateClient().GetContainer("db", "flat").GetFeedRangesAsync())
        {
            using var feed = container.GetItemQueryIterator<Named>(range, new QueryDefinition("SELECT c.id FROM c"));
            while (feed.HasMoreResults)
                found.AddRange((await feed.ReadNextAsync()).Select(item => item.Id));
        }

        Assert.Equal(6, account.Account.PartitionKeyRangeIds("db", "flat").Count);
        Assert.Equal(written.Order(), found.Order());
    }

    [Theory]
    [InlineData("")]
    [InlineData("FF")]
    [InlineData("nonsense")]
    public async Task A_split_is_only_inside_the_partition(string middle)
    {
        await using var account = await TestAccount.OpenAsync();
        await account.CreateStreamsAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => account.Account.SplitAsync("db", "streams", "0", middle));

        Assert.Equal(["0"], account.Account.PartitionKeyRangeIds("db", "streams"));
    }

    [Fact]
    public async Task A_split_may_be_inside_what_one_value_of_the_first_level_holds()
    {
        await using var account = await TestAccount.OpenAsync();
        var container = await account.CreateStreamsAsync();
        Assert.True(PartitionKeyValue.TryParse("""["t1"]""", out var prefix));
        var key = EffectivePartitionKey.Of(prefix, PartitionKeyKind.MultiHash);

        await account.Account.SplitAsync("db", "streams", "0", key + "20");

        var ranges = await container.GetFeedRangesAsync();
        Assert.Contains($"\"max\":\"{key}20\"", ranges[0].ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Items_are_read_and_written_by_their_keys_right_after_a_split()
    {
        await using var account = await TestAccount.OpenAsync();
        var container = await account.CreateFlatAsync();
        foreach (var number in Enumerable.Range(0, 10))
            await container.CreateItemAsync(new { id = "1", pk = $"{number}" }, new PartitionKey($"{number}"));

        await account.Account.SplitAsync("db", "flat", "0");

        foreach (var number in Enumerable.Range(0, 10))
        {
            var key = new PartitionKey($"{number}");
            Assert.Equal("1", (await container.ReadItemAsync<Named>("1", key)).Resource.Id);
            using var batch = await container.CreateTransactionalBatch(key).CreateItem(new { id = "2", pk = $"{number}" }).ExecuteAsync();
            Assert.True(batch.IsSuccessStatusCode);
            using var query = container.GetItemQueryIterator<Named>("SELECT c.id FROM c", requestOptions: new QueryRequestOptions { PartitionKey = key });
            Assert.Equal(2, (await query.ReadNextAsync()).Count);
        }
    }

    [Fact]
    public async Task What_is_not_there_cannot_be_split()
    {
        await using var account = await TestAccount.OpenAsync();
        await account.CreateFlatAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => account.Account.SplitAsync("db", "flat", "7"));
        await Assert.ThrowsAsync<ArgumentException>(() => account.Account.SplitAsync("db", "other", "0"));
        Assert.Throws<ArgumentException>(() => account.Account.PartitionKeyRangeIds("other", "flat"));
    }

    private sealed record Named(string Id);
}
