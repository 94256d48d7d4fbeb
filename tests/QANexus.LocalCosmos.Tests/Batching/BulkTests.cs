using System.Net;

namespace QANexus.LocalCosmos.Tests.Batching;

public sealed class BulkTests
{
    [Fact]
    public async Task Bulk_operations_are_independent_and_reach_their_partitions()
    {
        await using var account = await TestAccount.OpenAsync();
        await account.CreateStreamsAsync(throughput: 30_000);
        var container = account.CreateClient(options => options.AllowBulkExecution = true).GetContainer("db", "streams");
        var entries = Enumerable.Range(0, 120).Select(number => new Entry($"{number}", $"t{number % 7}", "s") { N = number }).ToList();

        var created = await Task.WhenAll(entries.Append(entries[0]).Select(async entry =>
        {
            using var response = await container.CreateItemStreamAsync(
                TestAccount.Json(System.Text.Json.JsonSerializer.Serialize(entry, System.Text.Json.JsonSerializerOptions.Web)), entry.PartitionKey);
            return response.StatusCode;
        }));
        var read = await Task.WhenAll(entries.Select(entry => container.ReadItemAsync<Entry>(entry.Id, entry.PartitionKey)));

        Assert.Equal(120, created.Count(status => status == HttpStatusCode.Created));
        Assert.Equal(1, created.Count(status => status == HttpStatusCode.Conflict));
        Assert.Equal(entries, read.Select(response => response.Resource));
    }

    [Fact]
    public async Task Bulk_operations_find_their_partitions_after_a_split()
    {
        await using var account = await TestAccount.OpenAsync();
        await account.CreateStreamsAsync();
        var container = account.CreateClient(options => options.AllowBulkExecution = true).GetContainer("db", "streams");
        await container.CreateItemAsync(new Entry("before", "t", "s"), Entry.KeyOf("t", "s"));

        await account.Account.SplitAsync("db", "streams", "0");
        var created = await Task.WhenAll(Enumerable.Range(0, 40).Select(number =>
            container.CreateItemAsync(new Entry($"{number}", $"t{number}", "s"), Entry.KeyOf($"t{number}", "s"))));

        Assert.All(created, response => Assert.Equal(HttpStatusCode.Created, response.StatusCode));
    }
}
