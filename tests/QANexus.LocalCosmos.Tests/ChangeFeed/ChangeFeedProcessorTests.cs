using System.Collections.Concurrent;
using Microsoft.Azure.Cosmos;

namespace QANexus.LocalCosmos.Tests.ChangeFeed;

public sealed class ChangeFeedProcessorTests
{
    private static readonly TimeSpan s_soon = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("/id")]
    [InlineData("/partitionKey")]
    public async Task Two_hosts_share_the_partitions_and_together_deliver_everything_through_a_split(string leaseKey)
    {
        await using var account = await TestAccount.OpenAsync();
        var container = await account.CreateStreamsAsync(throughput: 20_000);
        Container leases = await account.Client.GetDatabase("db").CreateContainerAsync("leases", leaseKey);
        var first = new Host("first", container, leases);
        var second = new Host("second", account.CreateClient().GetContainer("db", "streams"), leases);
        bool AllSeen(int count) => first.Seen.Keys.Union(second.Seen.Keys).Count() == count;

        await WriteAsync(container, 0, 20);
        await first.StartAsync();
        await UntilAsync(() => AllSeen(20));
        Assert.Equal(2, await CountLeasesAsync(leases, "first"));

        await second.StartAsync();
        await UntilAsync(async () => await CountLeasesAsync(leases, "first") == 1 && await CountLeasesAsync(leases, "second") == 1);
        await WriteAsync(container, 20, 20);
        await UntilAsync(() => AllSeen(40));
        Assert.NotEmpty(second.Seen);

        await account.Account.SplitAsync("db", "streams", "0");
        await WriteAsync(container, 40, 20);
        await UntilAsync(() => AllSeen(60));

        await first.StopAsync();
        await UntilAsync(async () => await CountLeasesAsync(leases, "second") == 3);
        await WriteAsync(container, 60, 20);
        await UntilAsync(() => AllSeen(80));
        await second.StopAsync();
    }

    private static async Task WriteAsync(Container container, int start, int count)
    {
        foreach (var number in Enumerable.Range(start, count))
            await container.CreateItemAsync(new Entry($"{number}", $"t{number}", "s"), Entry.KeyOf($"t{number}", "s"));
    }

    private static async Task<int> CountLeasesAsync(Container leases, string owner)
    {
        using var query = leases.GetItemQueryIterator<int>(
            new QueryDefinition("SELECT VALUE COUNT(1) FROM c WHERE c.Owner = @owner").WithParameter("@owner", owner));
        var count = 0;
        while (query.HasMoreResults)
            count += (await query.ReadNextAsync()).Sum();
        return count;
    }

    private static Task UntilAsync(Func<bool> condition) => UntilAsync(() => Task.FromResult(condition()));

    // The processor's own timers are the SDK's and run on the wall clock; all that a test can do is look until it is so.
    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var deadline = new CancellationTokenSource(s_patience);
        while (!await condition())
            await Task.Delay(s_soon, deadline.Token);
    }

    private sealed class Host(string name, Container container, Container leases)
    {
        private ChangeFeedProcessor? _processor;

        public ConcurrentDictionary<string, int> Seen { get; } = [];

        public Task StartAsync()
        {
            _processor = container.GetChangeFeedProcessorBuilder<Entry>("projector", HandleAsync)
                .WithInstanceName(name)
                .WithLeaseContainer(leases)
                .WithPollInterval(s_soon)
                .WithLeaseConfiguration(acquireInterval: TimeSpan.FromMilliseconds(200), expirationInterval: TimeSpan.FromSeconds(60))
                .WithStartTime(DateTime.MinValue.ToUniversalTime())
                .Build();
            return _processor.StartAsync();
        }

        public Task StopAsync() => _processor!.StopAsync();

        private Task HandleAsync(ChangeFeedProcessorContext context, IReadOnlyCollection<Entry> entries, CancellationToken cancellationToken)
        {
            foreach (var entry in entries)
                Seen.AddOrUpdate(entry.Id, 1, static (_, times) => times + 1);
            return Task.CompletedTask;
        }
    }
}
