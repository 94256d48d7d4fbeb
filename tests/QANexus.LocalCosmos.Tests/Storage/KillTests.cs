using QANexus.LocalCosmos.Tests.Packaging;

namespace QANexus.LocalCosmos.Tests.Storage;

public sealed class KillTests
{
    [Fact]
    [Proves(Area.Durability, "kill -9 keeps every acknowledged write and no half batch")]
    public async Task A_killed_process_leaves_every_acknowledged_batch_and_no_half_one()
    {
        using var directory = new TempDirectory();
        var acknowledged = new HashSet<string>();
        foreach (var (round, count) in ((int, int)[])[(0, 1), (1, 37), (2, 400), (3, 150)])
        {
            acknowledged.UnionWith(await WriteUntilAsync(directory.Path, round, count));

            var stored = await ReadBatchesAsync(directory.Path);

            Assert.Empty(acknowledged.Except(stored.Keys));
            Assert.All(stored, batch => Assert.Equal(DoomedWriter.BatchSize, batch.Value));
        }
    }

    private static async Task<List<string>> WriteUntilAsync(string directory, int round, int count)
    {
        using var process = DoomedWriter.Start(DoomedWriter.Command, directory, round);
        var acknowledged = new List<string>();
        try
        {
            while (acknowledged.Count < count && await process.StandardOutput.ReadLineAsync() is { } name)
                acknowledged.Add(name);
        }
        finally
        {
            process.Kill();
        }

        // What it had said before it died, it had said after the write was durable.
        while (await process.StandardOutput.ReadLineAsync() is { } name)
            acknowledged.Add(name);
        await process.WaitForExitAsync();
        Assert.True(acknowledged.Count >= count, "The writer ended by itself.");
        return acknowledged;
    }

    private static async Task<Dictionary<string, int>> ReadBatchesAsync(string directory)
    {
        await using var account = LocalAccount.Open(new LocalAccountOptions { DataDirectory = directory });
        using var client = DoomedWriter.CreateClient(account);
        var batches = new Dictionary<string, int>();
        using var feed = client.GetContainer("db", "streams").GetItemQueryIterator<Entry>();
        while (feed.HasMoreResults)
        {
            foreach (var entry in await feed.ReadNextAsync())
            {
                var name = $"{entry.Stream}/{entry.Id[..entry.Id.IndexOf('-', StringComparison.Ordinal)]}";
                batches[name] = batches.GetValueOrDefault(name) + 1;
            }
        }

        return batches;
    }
}
