using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;
using QANexus.EventStore.Clearing;
using QANexus.EventStore.Cosmos.Clearing;
using QANexus.EventStore.Cosmos.Privacy;
using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Privacy;
using QANexus.EventStore.Signing;
using QANexus.EventStore.Snapshots;
using QANexus.EventStore.Streams;
using QANexus.LocalCosmos;
using QANexus.Testing.RequestUnits;
using QANexus.Testing.Samples;

namespace QANexus.EventStore.Cosmos.Tests.Fixture;

/// <summary>What one process has: a client with its own sessions, and a store with its own memory.</summary>
public sealed class StoreProcess : IAsyncDisposable
{
    private readonly ServiceProvider services;

    public StoreProcess(LocalAccount account, TimeProvider time, Action<IServiceCollection>? configure = null, int documentsPerClear = 2_000)
    {
        Environment.SetEnvironmentVariable("COSMOS_DISABLE_IMDS_ACCESS", "true");
        Requests = new RequestLog(account.CreateHandler());
        PrivilegedRequests = new RequestLog(account.CreateHandler());
        Client = Connect(Requests);
        var collection = new ServiceCollection()
            .AddSingleton(Client)
            .AddSingleton(time)
            .AddCosmosEventStore(static options =>
            {
                options.FirstBackoff = TimeSpan.FromMilliseconds(2);
                options.FeedPollInterval = TimeSpan.FromMilliseconds(20);
            }).Services
            .AddAggregate<RequirementDefinition>(static options => options.FirstBackoff = TimeSpan.FromMilliseconds(2)).Services
            .AddCosmosEventRedaction(options => options.Connect = _ => Connect(PrivilegedRequests)).Services
            .AddCosmosTenantClear(options => (options.Connect, options.DocumentsPerCall) = (_ => Connect(PrivilegedRequests), documentsPerClear)).Services;
        configure?.Invoke(collection);
        services = collection.BuildServiceProvider();
    }

    private static string WellKnownKey => new LocalAccountOptions().AccountKey;

    public CosmosClient Client { get; }

    public RequestLog Requests { get; }

    /// <summary>What goes out under identities that may do more than the ordinary store.</summary>
    public RequestLog PrivilegedRequests { get; }

    public IServiceProvider Services => services;

    public IEventStore Store => services.GetRequiredService<IEventStore>();

    public IEventRedactor Redactor => services.GetRequiredService<IEventRedactor>();

    public ISnapshotTaker Snapshots => services.GetRequiredService<ISnapshotTaker>();

    internal ISnapshotStore SnapshotStore => services.GetRequiredService<ISnapshotStore>();

    public IAggregateStates States => services.GetRequiredService<IAggregateStates>();

    public ITenantClearing Clearing => services.GetRequiredService<ITenantClearing>();

    public ITenantGenerations Generations => services.GetRequiredService<ITenantGenerations>();

    public ISigningKeys Keys => services.GetRequiredService<ISigningKeys>();

    public ITenantEventStore For(string tenant) => Store.ForTenant(TenantId.Parse(tenant));

    public AggregateRepository<Requirement> Requirements(string tenant = "t1") =>
        services.GetRequiredService<AggregateRepositories<Requirement>>().For(For(tenant));

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        Client.Dispose();
        Requests.Dispose();
        PrivilegedRequests.Dispose();
    }

    private static CosmosClient Connect(HttpMessageHandler handler) => new(LocalAccount.Endpoint.ToString(), WellKnownKey, new CosmosClientOptions
    {
        ConnectionMode = ConnectionMode.Gateway,
        LimitToEndpoint = true,
        HttpClientFactory = () => new HttpClient(handler, disposeHandler: false),
        MaxRetryAttemptsOnRateLimitedRequests = 0,
    });
}
