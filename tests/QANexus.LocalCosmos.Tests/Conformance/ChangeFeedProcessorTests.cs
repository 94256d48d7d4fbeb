using System.Collections.Concurrent;
using System.Net;
using System.Threading.Channels;
using Microsoft.Azure.Cosmos;
using QANexus.LocalCosmos.Tests.Packaging;

namespace QANexus.LocalCosmos.Tests.Conformance;

public sealed class ChangeFeedProcessorTests
{
    // Not a measure of anything: only how long a test that hangs takes to fail.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    public static TheoryData<Transport, string> LeaseKeys => new()
    {
        { Transport.InProcess, "/id" },
        { Transport.InProcess, "/partitionKey" },
        { Transport.Port, "/id" },
        { Transport.Port, "/partitionKey" },
    };

    [Theory]
    [MemberData(nameof(LeaseKeys))]
    public async Task A_processor_delivers_everything_from_the_beginning_and_what_comes_later(Transport transport, string leaseKey)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync();
        var host = new Host(container, await cosmos.CreateFlatContainerAsync(leaseKey, "leases"), "a");
        await WriteAsync(container, 0, 10);

        await host.Processor.StartAsync();
        await host.SeenAsync(0, 10);
        await WriteAsync(container, 10, 20);
        await host.SeenAsync(0, 20);
        await host.Processor.StopAsync();

        Assert.Equal(20, host.Deliveries);
    }

    [Theory, OverBothTransports]
    [Proves(Area.ChangeFeed, "processor with several hosts, leases, splits")]
    public async Task A_processor_restarted_goes_on_where_it_was(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync();
        var leases = await cosmos.CreateFlatContainerAsync("/id", "leases");
        await WriteAsync(container, 0, 10);
        var first = new Host(container, leases, "a");
        await first.Processor.StartAsync();
        await first.SeenAsync(0, 10);
        await first.Processor.StopAsync();

        await WriteAsync(container, 10, 15);
        var second = new Host(container, leases, "a");
        await second.Processor.StartAsync();
        await second.SeenAsync(10, 15);
        await second.Processor.StopAsync();

        Assert.Equal(5, second.Deliveries);
    }

    [Theory, OverBothTransports]
    [Proves(Area.ChangeFeed, "processor with several hosts, leases, splits")]
    public async Task Two_hosts_share_the_ranges_and_miss_nothing(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync(throughput: 40_000);
        var leases = await cosmos.CreateFlatContainerAsync("/id", "leases");
        var first = new Host(container, leases, "a");
        var second = new Host(cosmos.CreateClient().GetContainer("db", "ev"), cosmos.CreateClient().GetContainer("db", "leases"), "b", partner: first);

        await first.Processor.StartAsync();
        await WriteAsync(container, 0, 20);
        await first.SeenAsync(0, 20);
        await second.Processor.StartAsync();
        await second.OwnsLeasesAsync(2);
        await WriteAsync(container, 20, 80);
        await Host.SeenAsync([first, second], 0, 80);
        await first.Processor.StopAsync();
        await second.Processor.StopAsync();

        Assert.True(second.Deliveries > 0);
    }

    [Theory, OverBothTransports]
    [Proves(Area.ChangeFeed, "processor with several hosts, leases, splits")]
    public async Task A_split_is_followed_without_loss(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync();
        var host = new Host(container, await cosmos.CreateFlatContainerAsync("/id", "leases"), "a");
        await host.Processor.StartAsync();
        await WriteAsync(container, 0, 20);
        await host.SeenAsync(0, 20);

        await cosmos.Account.SplitAsync("db", "ev", "0");
        await WriteAsync(container, 20, 60);
        await host.SeenAsync(0, 60);
        await host.Processor.StopAsync();

        Assert.Equal(["1", "2"], host.Leases.Where(lease => lease != "0").Order(StringComparer.Ordinal));
    }

    [Theory, OverBothTransports]
    [Proves(Area.ChangeFeed, "estimator")]
    public async Task The_estimator_counts_what_is_left(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync();
        var leases = await cosmos.CreateFlatContainerAsync("/id", "leases");
        var host = new Host(container, leases, "a");
        await WriteAsync(container, 0, 10);
        await host.Processor.StartAsync();
        await host.SeenAsync(0, 10);
        await host.Processor.StopAsync();

        var before = await EstimateAsync();
        await WriteAsync(container, 10, 15);
        var after = await EstimateAsync();

        Assert.Equal((0, 5), (before, after));

        async Task<long> EstimateAsync()
        {
            using var states = container.GetChangeFeedEstimator("processor", leases).GetCurrentStateIterator();
            return Assert.Single(await states.ReadNextAsync()).EstimatedLag;
        }
    }

    [Theory, OverBothTransports]
    [Proves(Area.ChangeFeed, "estimator")]
    public async Task The_estimator_counts_what_is_left_of_each_range_and_nothing_of_the_others(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var container = await cosmos.CreateContainerAsync(throughput: 40_000);
        var leases = await cosmos.CreateFlatContainerAsync("/id", "leases");
        var host = new Host(container, leases, "a");
        await WriteAsync(container, 0, 40);
        await host.Processor.StartAsync();
        await host.SeenAsync(0, 40);
        await host.Processor.StopAsync();

        await WriteAsync(container, 40, 100);
        using var states = container.GetChangeFeedEstimator("processor", leases).GetCurrentStateIterator();
        var lags = (await states.ReadNextAsync()).Select(state => state.EstimatedLag).ToList();

        Assert.True(lags.Count > 1 && lags.TrueForAll(lag => lag > 0), string.Join(' ', lags));
        Assert.Equal(60, lags.Sum());
    }

    [Theory, OverBothTransports]
    [Proves(Area.ChangeFeed, "processor with several hosts, leases, splits")]
    public async Task A_lease_written_on_an_old_etag_is_refused(Transport transport)
    {
        await using var cosmos = await CosmosFixture.OpenAsync(transport);
        var leases = await cosmos.CreateFlatContainerAsync("/id", "leases");
        var created = await leases.CreateItemAsync(new { id = "lease", owner = "a" }, new PartitionKey("lease"));
        await leases.ReplaceItemAsync(new { id = "lease", owner = "b" }, "lease", new PartitionKey("lease"), new ItemRequestOptions { IfMatchEtag = created.ETag });

        var exception = await Assert.ThrowsAsync<CosmosException>(() => leases.ReplaceItemAsync(
            new { id = "lease", owner = "a" }, "lease", new PartitionKey("lease"), new ItemRequestOptions { IfMatchEtag = created.ETag }));

        Assert.Equal(HttpStatusCode.PreconditionFailed, exception.StatusCode);
    }

    private static async Task WriteAsync(Container container, int from, int to)
    {
        for (var i = from; i < to; i++)
            await container.CreateItemAsync(new Item("1", $"t{i}", "s1") { N = i }, CosmosFixture.KeyOf($"t{i}", "s1"));
    }

    /// <summary>One instance of the processor, and what it was given. It checkpoints by itself, so what was seen is also remembered.</summary>
    private sealed class Host
    {
        private readonly ConcurrentDictionary<int, int> _seen = new();
        private readonly ConcurrentDictionary<string, bool> _leases = new(StringComparer.Ordinal);
        private readonly Channel<bool> _news;
        private int _deliveries;

        /// <param name="partner">The instance to share news with, so that one wait is about both.</param>
        public Host(Container monitored, Container leases, string instance, Host? partner = null)
        {
            _news = partner?._news ?? Channel.CreateUnbounded<bool>();
            Processor = monitored.GetChangeFeedProcessorBuilderWithManualCheckpoint<Change>("processor", HandleAsync)
                .WithInstanceName(instance)
                .WithLeaseContainer(leases)
                .WithPollInterval(TimeSpan.FromMilliseconds(20))
                .WithLeaseConfiguration(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(20), TimeSpan.FromMilliseconds(500))
                .WithStartTime(DateTime.MinValue.ToUniversalTime())
                .WithLeaseAcquireNotification(lease =>
                {
                    _leases[lease] = true;
                    _news.Writer.TryWrite(true);
                    return Task.CompletedTask;
                })
                .Build();
        }

        public ChangeFeedProcessor Processor { get; }

        public int Deliveries => _deliveries;

        public IReadOnlyCollection<string> Leases => [.. _leases.Keys];

        public Task SeenAsync(int from, int to) => SeenAsync([this], from, to);

        public static async Task SeenAsync(IReadOnlyList<Host> hosts, int from, int to)
        {
            using var patience = new CancellationTokenSource(s_patience);
            while (!Enumerable.Range(from, to - from).All(i => hosts.Any(host => host._seen.ContainsKey(i))))
                await hosts[0]._news.Reader.ReadAsync(patience.Token);
        }

        public async Task OwnsLeasesAsync(int count)
        {
            using var patience = new CancellationTokenSource(s_patience);
            while (_leases.Count < count)
                await _news.Reader.ReadAsync(patience.Token);
        }

        private async Task HandleAsync(
            ChangeFeedProcessorContext context, IReadOnlyCollection<Change> changes, Func<Task> checkpointAsync, CancellationToken cancellationToken)
        {
            await checkpointAsync();
            foreach (var change in changes)
                _seen[(int)change.N!.Value] = 1;
            Interlocked.Add(ref _deliveries, changes.Count);
            _news.Writer.TryWrite(true);
        }
    }
}
