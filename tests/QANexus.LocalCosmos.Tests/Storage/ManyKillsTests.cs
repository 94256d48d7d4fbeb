using System.Globalization;
using Microsoft.Azure.Cosmos;
using QANexus.LocalCosmos.Tests.Packaging;
using Xunit.Abstractions;

namespace QANexus.LocalCosmos.Tests.Storage;

/// <summary>
/// Kills a writing process at random instants, its start included, and looks at what it leaves. LOCALCOSMOS_KILLS raises the number of kills
/// from 20, and LOCALCOSMOS_KILL_SEED repeats a run's choices.
/// </summary>
public sealed class ManyKillsTests(ITestOutputHelper output)
{
    [Fact]
    [Proves(Area.Durability, "kill -9 keeps every acknowledged write and no half batch")]
    public async Task However_often_and_whenever_a_process_is_killed_no_acknowledged_batch_is_lost_and_none_is_half_there()
    {
        var kills = Setting("LOCALCOSMOS_KILLS") ?? 20;
        var seed = Setting("LOCALCOSMOS_KILL_SEED") ?? Random.Shared.Next();
        output.WriteLine($"{kills} kills, LOCALCOSMOS_KILL_SEED={seed}");
        var random = new Random(seed);
        using var directory = new TempDirectory();
        var acknowledged = new HashSet<string>();
        for (var round = 0; round < kills; round++)
        {
            var written = await WriteUntilAsync(directory.Path, round, random);
            acknowledged.UnionWith(written);
            Verify(written, await ReadBatchesAsync(directory.Path, round), $"round {round} of seed {seed}");
        }

        Verify(acknowledged, await ReadBatchesAsync(directory.Path, round: null), $"the end of seed {seed}");
        output.WriteLine($"{acknowledged.Count} batches were acknowledged.");
        Assert.NotEmpty(acknowledged);
    }

    private static async Task<HashSet<string>> WriteUntilAsync(string directory, int round, Random random)
    {
        // One in five dies before it could have written much, opening what the last one left.
        var (count, patience) = random.Next(5) == 0 ? (0, random.Next(400)) : (random.Next(1, 120), random.Next(4));
        using var process = DoomedWriter.Start(RawWriter.Command, directory, round);
        var acknowledged = new HashSet<string>();
        var endedByItself = true;
        try
        {
            while (acknowledged.Count < count && await process.StandardOutput.ReadLineAsync() is { } name)
                acknowledged.Add(name);
            endedByItself = process.WaitForExit(patience);
        }
        finally
        {
            process.Kill();
        }

        // What it had said before it died, it had said after the write was durable.
        while (await process.StandardOutput.ReadLineAsync() is { } name)
            acknowledged.Add(name);
        await process.WaitForExitAsync();
        Assert.False(endedByItself, "The writer ended by itself.");
        return acknowledged;
    }

    private static async Task<Dictionary<string, int>> ReadBatchesAsync(string directory, int? round)
    {
        await using var account = LocalAccount.Open(new LocalAccountOptions { DataDirectory = directory });
        // A process that died young may have left less than a container.
        if (!HasContainer(account))
            return [];
        using var client = DoomedWriter.CreateClient(account);
        var key = round is { } tenant ? new PartitionKeyBuilder().Add(tenant.ToString(CultureInfo.InvariantCulture)).Build() : (PartitionKey?)null;
        var batches = new Dictionary<string, int>();
        using var feed = client.GetContainer("db", "streams").GetItemQueryIterator<Entry>(
            "SELECT c.id, c.tenant, c.stream FROM c", requestOptions: new QueryRequestOptions { PartitionKey = key });
        while (feed.HasMoreResults)
        {
            foreach (var entry in await feed.ReadNextAsync())
            {
                var name = $"{entry.Tenant}/{entry.Stream}/{entry.Id[..entry.Id.IndexOf('-', StringComparison.Ordinal)]}";
                batches[name] = batches.GetValueOrDefault(name) + 1;
            }
        }

        return batches;
    }

    private static bool HasContainer(LocalAccount account)
    {
        try
        {
            return account.PartitionKeyRangeIds("db", "streams").Count > 0;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static void Verify(HashSet<string> acknowledged, Dictionary<string, int> stored, string when)
    {
        Assert.True(acknowledged.IsSubsetOf(stored.Keys), $"Lost at {when}: {string.Join(", ", acknowledged.Except(stored.Keys).Take(5))}");
        Assert.True(
            stored.Values.All(items => items == DoomedWriter.BatchSize),
            $"Half there at {when}: {string.Join(", ", stored.Where(batch => batch.Value != DoomedWriter.BatchSize).Take(5))}");
    }

    private static int? Setting(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
