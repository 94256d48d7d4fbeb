using Microsoft.Azure.Cosmos;
using QANexus.LocalCosmos.Tests.Packaging;

namespace QANexus.LocalCosmos.Tests.Charging;

/// <summary>What operations cost through the real client: the model's figures, for small documents.</summary>
public sealed class OperationChargeTests
{
    private static readonly PartitionKey s_key = new("p");

    [Fact]
    [Proves(Area.Charges, "request units of reads, writes, batches and feeds, by a published model")]
    public async Task Writes_cost_their_size_and_the_terms_they_change()
    {
        await using var account = await TestAccount.OpenAsync();
        var container = await account.CreateFlatAsync();

        // id, pk, a, and _ts.
        Assert.Equal(4.95 + (4 * 0.2), await ChargeAsync(() => container.CreateItemStreamAsync(TestAccount.Json("""{"id":"1","pk":"p","a":1}"""), s_key)), 3);
        Assert.Equal(4.95, await ChargeAsync(() => container.CreateItemStreamAsync(TestAccount.Json("""{"id":"1","pk":"p","a":1}"""), s_key)), 3);
        // a and _ts go, their successors come.
        Assert.Equal(9.9 + (4 * 0.2), await ChargeAsync(() => container.ReplaceItemStreamAsync(TestAccount.Json("""{"id":"1","pk":"p","a":2}"""), "1", s_key)), 3);
        Assert.Equal(9.9 + (4 * 0.2) + 0.4, await ChargeAsync(() => container.PatchItemStreamAsync("1", s_key, [PatchOperation.Set("/a", 3)])), 3);
        Assert.Equal(4.95 + (4 * 0.2), await ChargeAsync(() => container.DeleteItemStreamAsync("1", s_key)), 3);
        Assert.Equal(1, await ChargeAsync(() => container.ReadItemStreamAsync("1", s_key)), 3);
    }

    [Fact]
    [Proves(Area.Charges, "request units of reads, writes, batches and feeds, by a published model")]
    public async Task A_read_costs_by_the_size_that_the_client_wrote()
    {
        await using var account = await TestAccount.OpenAsync();
        var container = await account.CreateFlatAsync();
        var start = """{"id":"1","pk":"p","text":""" + "\"";
        var body = start + new string('x', 4096 - start.Length - 2) + "\"}";
        using (var created = await container.CreateItemStreamAsync(TestAccount.Json(body), s_key))
            Assert.True(created.IsSuccessStatusCode);

        Assert.Equal(1.14, await ChargeAsync(() => container.ReadItemStreamAsync("1", s_key)), 3);
    }

    [Fact]
    [Proves(Area.Charges, "request units of reads, writes, batches and feeds, by a published model")]
    public async Task A_batch_costs_the_sum_of_its_operations()
    {
        await using var account = await TestAccount.OpenAsync();
        var container = await account.CreateFlatAsync();

        using var response = await container.CreateTransactionalBatch(s_key)
            .CreateItemStream(TestAccount.Json("""{"id":"1","pk":"p"}""")).ReadItem("1").ExecuteAsync();
        using var missing = await container.CreateTransactionalBatch(s_key).ReadItem("2").ExecuteAsync();

        Assert.Equal(4.95 + (3 * 0.2) + 1, response.RequestCharge, 3);
        Assert.Equal(1, missing.RequestCharge, 3);
    }

    [Fact]
    [Proves(Area.Charges, "request units of reads, writes, batches and feeds, by a published model")]
    public async Task A_feed_costs_the_point_reads_of_what_it_brings()
    {
        await using var account = await TestAccount.OpenAsync();
        var container = await account.CreateFlatAsync();
        foreach (var id in (string[])["1", "2", "3"])
            await ChargeAsync(() => container.CreateItemStreamAsync(TestAccount.Json($$"""{"id":"{{id}}","pk":"p"}"""), s_key));
        using var feed = container.GetChangeFeedStreamIterator(ChangeFeedStartFrom.Beginning(), ChangeFeedMode.Incremental);

        Assert.Equal(3, await ChargeAsync(() => feed.ReadNextAsync()), 3);
        Assert.Equal(1, await ChargeAsync(() => feed.ReadNextAsync()), 3);
    }

    private static async Task<double> ChargeAsync(Func<Task<ResponseMessage>> operation)
    {
        using var response = await operation();
        return response.Headers.RequestCharge;
    }
}
