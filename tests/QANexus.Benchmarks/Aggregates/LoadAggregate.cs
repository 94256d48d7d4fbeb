using BenchmarkDotNet.Attributes;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;
using QANexus.EventStore;
using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Cosmos;
using QANexus.EventStore.Cosmos.Schema;
using QANexus.EventStore.Json;
using QANexus.EventStore.Snapshots;
using QANexus.EventStore.Streams;
using QANexus.LocalCosmos;
using QANexus.Testing.Samples;

namespace QANexus.Benchmarks.Aggregates;

/// <summary>
/// Cold loads of an aggregate, in process and without a network: with a snapshot they are to take the same time however long the stream is. Events of
/// 400 B, 20 a commit, and ten commits of one event after the snapshot.
/// </summary>
[MemoryDiagnoser]
public class LoadAggregate : IAsyncDisposable
{
    private const int PerCommit = 20;
    private const int Behind = 10;

    private static readonly TenantId Tenant = TenantId.Parse("t1");
    private static readonly StreamId Stream = StreamId.Parse("Requirement:r1");

    private LocalAccount account = null!;
    private HttpMessageHandler handler = null!;
    private CosmosClient client = null!;
    private ServiceProvider services = null!;
    private AggregateRepository<Requirement> requirements = null!;

    /// <summary>Events in the stream.</summary>
    [Params(100, 1_000, 5_000, 50_000)]
    public int Events { get; set; }

    /// <summary>Whether it has a snapshot.</summary>
    [Params(true, false)]
    public bool Snapshot { get; set; }

    [GlobalSetup]
    public async Task PrepareAsync()
    {
        Environment.SetEnvironmentVariable("COSMOS_DISABLE_IMDS_ACCESS", "true");
        var options = new LocalAccountOptions { InMemory = true };
        account = LocalAccount.Open(options);
        handler = account.CreateHandler();
        client = new CosmosClient(LocalAccount.Endpoint.ToString(), options.AccountKey, new CosmosClientOptions
        {
            ConnectionMode = ConnectionMode.Gateway,
            LimitToEndpoint = true,
            HttpClientFactory = () => new HttpClient(handler, disposeHandler: false),
        });
        await CosmosSchema.CreateAsync(client, new CosmosEventStoreOptions().DatabaseName, CancellationToken.None);
        services = new ServiceCollection()
            .AddSingleton(client)
            .AddCosmosEventStore().Services
            .AddAggregate<RequirementDefinition>(static aggregates => aggregates.CacheSize = 0).Services
            .BuildServiceProvider();
        var store = services.GetRequiredService<IEventStore>().ForTenant(Tenant);
        requirements = services.GetRequiredService<AggregateRepositories<Requirement>>().For(store);

        await AppendAsync(store, Events - Behind, PerCommit);
        if (Snapshot)
        {
            await services.GetRequiredService<ISnapshotTaker>().TakeAsync(Tenant, Stream, CancellationToken.None);
        }

        await AppendAsync(store, Behind, perCommit: 1);
    }

    [GlobalCleanup]
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await services.DisposeAsync();
        client.Dispose();
        handler.Dispose();
        await account.DisposeAsync();
    }

    [Benchmark]
    public async Task<long> Load() => (await requirements.LoadAsync(Stream.AggregateId, CancellationToken.None)).Position.Version;

    private static async Task AppendAsync(ITenantEventStore store, int events, int perCommit)
    {
        for (var left = events; left > 0; left -= perCommit)
        {
            var commit = Enumerable.Range(1, Math.Min(left, perCommit)).Select(n => new NewEvent
            {
                Type = EventType.Parse("RequirementAnalyzed"),
                Data = JsonObjectText.Parse($$"""{"score":{{(left + n) % 101}},"padding":"{{new string('x', 370)}}"}"""),
            });
            await store.AppendAsync(new AppendRequest { Stream = Stream, Events = [.. commit] }, CancellationToken.None);
        }
    }
}
