using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;
using QANexus.EventStore;
using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Cosmos;
using QANexus.EventStore.Cosmos.Schema;
using QANexus.EventStore.Cosmos.Subscriptions;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;
using QANexus.LocalCosmos;
using QANexus.Testing.Samples;

namespace QANexus.Testing.RequestUnits;

/// <summary>The event store over an empty account in memory, with a count of what goes between the two.</summary>
internal sealed class MeasuredStore : IAsyncDisposable
{
    private readonly LocalAccount account;
    private readonly List<ServiceProvider> processes = [];
    private readonly List<CosmosClient> clients = [];

    private MeasuredStore(LocalAccount account)
    {
        this.account = account;
        Requests = new RequestLog(account.CreateHandler());
    }

    public static TenantId Tenant { get; } = TenantId.Parse("t1");

    public RequestLog Requests { get; }

    /// <summary>The client of the newest process.</summary>
    public CosmosClient Client => clients[^1];

    public IServiceProvider Services => processes[^1];

    public ITenantEventStore Events => Services.GetRequiredService<IEventStore>().ForTenant(Tenant);

    public AggregateRepository<Requirement> Requirements => Services.GetRequiredService<AggregateRepositories<Requirement>>().For(Events);

    public static async Task<MeasuredStore> StartAsync()
    {
        Environment.SetEnvironmentVariable("COSMOS_DISABLE_IMDS_ACCESS", "true");
        var store = new MeasuredStore(LocalAccount.Open(new LocalAccountOptions { InMemory = true }));
        store.Restart();
        await CosmosSchema.CreateAsync(store.Client, new CosmosEventStoreOptions().DatabaseName, CancellationToken.None);
        return store;
    }

    /// <summary>Another process takes over: it remembers nothing.</summary>
    public void Restart()
    {
        var client = new CosmosClient(LocalAccount.Endpoint.ToString(), new LocalAccountOptions().AccountKey, new CosmosClientOptions
        {
            ConnectionMode = ConnectionMode.Gateway,
            LimitToEndpoint = true,
            HttpClientFactory = () => new HttpClient(Requests, disposeHandler: false),
        });
        clients.Add(client);
        processes.Add(new ServiceCollection()
            .AddSingleton(client)
            .AddCosmosEventStore().Services
            .AddAggregate<RequirementDefinition>().Services
            .AddEventSubscriber<AnalysisSubscriber>()
            .AddCosmosSubscriptions().Services
            .BuildServiceProvider());
    }

    /// <summary>Appends and requires success.</summary>
    public async Task<StreamPosition> AppendAsync(AppendRequest request) =>
        await Events.AppendAsync(request, CancellationToken.None) is AppendResult.Appended appended
            ? appended.Receipt.Position
            : throw new InvalidOperationException($"An append to {request.Stream} did not go in.");

    /// <summary>Appends so many events of 400 B in commits of that size.</summary>
    public async Task<StreamPosition> AppendAsync(StreamId stream, int events, int perCommit)
    {
        var position = StreamPosition.Start;
        for (var left = events; left > 0; left -= perCommit)
        {
            position = await AppendAsync(new AppendRequest { Stream = stream, Events = MeasuredEvents.Analyses(Math.Min(left, perCommit)) });
        }

        return position;
    }

    /// <summary>Measures one operation.</summary>
    public async Task<RequestUnitRow> MeasureAsync(string area, string name, RequestUnitBudget budget, Func<Task> operation)
    {
        Requests.Clear();
        await operation();
        var (requests, roundTrips, charge) = Requests.Total;
        var (sent, received) = Requests.Bytes;
        return new RequestUnitRow(area, name, charge, requests, roundTrips, sent, received, budget);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in processes)
        {
            await process.DisposeAsync();
        }

        clients.ForEach(static client => client.Dispose());
        Requests.Dispose();
        await account.DisposeAsync();
    }
}
