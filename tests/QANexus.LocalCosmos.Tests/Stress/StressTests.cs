using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Azure.Cosmos;
using QANexus.LocalCosmos.Authorization;
using QANexus.LocalCosmos.Hosting;
using QANexus.LocalCosmos.Tests.Packaging;
using Xunit.Abstractions;

namespace QANexus.LocalCosmos.Tests.Stress;

/// <summary>
/// Sixteen clients at once on a durable account on a port, while its partitions split and somebody reads its change feed. Each client checks every answer
/// against a model of its own; the end is compared with all models, by query, by change feed, and once more after reopening.
/// LOCALCOSMOS_STRESS_SECONDS makes it go by time instead of by number of operations, and LOCALCOSMOS_STRESS_SEED repeats the choices.
/// </summary>
public sealed class StressTests(ITestOutputHelper output)
{
    private const int Clients = 16;
    private const int OperationsEach = 40;
    private const int OperationsBetweenSplits = 400;
    private const int MaxSplits = 4;

    [Fact]
    [Proves(Area.Consistency, "sixteen clients at once, through splits: every answer and the end are what a model says")]
    public async Task Whatever_sixteen_clients_do_at_once_every_answer_and_the_end_are_what_their_models_say()
    {
        var seconds = Setting("LOCALCOSMOS_STRESS_SECONDS");
        var seed = Setting("LOCALCOSMOS_STRESS_SEED") ?? Random.Shared.Next();
        output.WriteLine($"LOCALCOSMOS_STRESS_SEED={seed}");
        using var directory = new TempDirectory();
        var races = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        List<StressClient> clients;
        await using (var account = LocalAccount.Open(new LocalAccountOptions { DataDirectory = directory.Path }))
        {
            await using var server = await account.ListenAsync(new LocalCosmosServerOptions { Port = 0 }, CancellationToken.None);
            using var observer = Connect(server);
            var container = await CreateContainerAsync(observer);
            var connections = Enumerable.Range(0, Clients).Select(_ => Connect(server)).ToList();
            clients = [.. connections.Select((client, number) => new StressClient(
                number, client.GetContainer("db", "streams"), new Random(seed + number), races))];
            using var deadline = new CancellationTokenSource();
            if (seconds is { } limit)
                deadline.CancelAfter(TimeSpan.FromSeconds(limit));
            using var done = new CancellationTokenSource();
            var feed = new FeedFollower(container);
            var following = feed.FollowAsync(done.Token);
            var splitting = SplitAsync(account, clients, done.Token);

            await Task.WhenAll(clients.Select(client => Task.Run(
                () => client.WorkAsync(seconds is null ? OperationsEach : int.MaxValue, deadline.Token))));
            await done.CancelAsync();
            var splits = await splitting;
            await following;

            var expected = Expected(clients);
            Assert.Equal(expected, await ReadAllAsync(container));
            // Of items that are gone it still has what it was given last.
            Assert.Equal(expected, new SortedDictionary<string, string>(
                feed.Latest.Where(entry => expected.ContainsKey(entry.Key)).ToDictionary(), StringComparer.Ordinal));
            Assert.True(splits > 0, "No partition was split.");
            output.WriteLine($"{clients.Sum(client => client.Operations)} operations, {splits} splits, {expected.Count} items at the end, {feed.Deliveries} deliveries.");
            connections.ForEach(connection => connection.Dispose());
        }

        await using var reopened = LocalAccount.Open(new LocalAccountOptions { DataDirectory = directory.Path, CheckOnOpen = true });
        using var again = Storage.DoomedWriter.CreateClient(reopened);
        Assert.Equal(Expected(clients), await ReadAllAsync(again.GetContainer("db", "streams")));
    }

    private static async Task<Container> CreateContainerAsync(CosmosClient client)
    {
        Database database = await client.CreateDatabaseAsync("db");
        Container container = await database.CreateContainerAsync(new ContainerProperties("streams", ["/tenant", "/stream"]), throughput: 20_000);
        foreach (var counter in Enumerable.Range(0, StressClient.Counters))
            await container.CreateItemAsync(StressClient.CounterOf(counter, 0), StressClient.SharedKey);
        return container;
    }

    private static async Task<int> SplitAsync(LocalAccount account, List<StressClient> clients, CancellationToken done)
    {
        var splits = 0;
        try
        {
            while (splits < MaxSplits)
            {
                // Whichever client it is that has come this far: all of them are in the middle of something.
                await Task.WhenAny(clients.Select(client => client.ReachesAsync((splits + 1) * OperationsBetweenSplits / Clients, done)));
                done.ThrowIfCancellationRequested();
                await account.SplitAsync("db", "streams", account.PartitionKeyRangeIds("db", "streams")[splits % 2]);
                splits++;
            }
        }
        catch (OperationCanceledException)
        {
            // The clients are done.
        }

        return splits;
    }

    private static SortedDictionary<string, string> Expected(List<StressClient> clients)
    {
        var expected = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in clients.SelectMany(client => client.Expected))
            expected.Add(key, value);
        foreach (var counter in Enumerable.Range(0, StressClient.Counters))
        {
            var (key, value) = StressClient.Describe(StressClient.CounterOf(counter, clients.Sum(client => client.Increments[counter])));
            expected.Add(key, value);
        }

        return expected;
    }

    private static async Task<SortedDictionary<string, string>> ReadAllAsync(Container container)
    {
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal);
        using var pages = container.GetItemQueryIterator<Entry>("SELECT * FROM c ORDER BY c.n", requestOptions: new QueryRequestOptions { MaxItemCount = 100 });
        while (pages.HasMoreResults)
        {
            foreach (var entry in await pages.ReadNextAsync())
            {
                var (key, value) = StressClient.Describe(entry);
                all.Add(key, value);
            }
        }

        return all;
    }

    private static CosmosClient Connect(LocalCosmosServer server) => new(server.Endpoint.AbsoluteUri, WellKnownKey.Value, new CosmosClientOptions
    {
        ConnectionMode = ConnectionMode.Gateway,
        LimitToEndpoint = true,
        UseSystemTextJsonSerializerWithOptions = System.Text.Json.JsonSerializerOptions.Web,
    });

    private static int? Setting(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
