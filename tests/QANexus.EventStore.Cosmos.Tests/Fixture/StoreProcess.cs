using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;
using QANexus.EventStore.Signing;
using QANexus.EventStore.Streams;
using QANexus.LocalCosmos;

namespace QANexus.EventStore.Cosmos.Tests.Fixture;

/// <summary>What one process has: a client with its own sessions, and a store with its own memory.</summary>
public sealed class StoreProcess : IAsyncDisposable
{
    private readonly ServiceProvider services;

    public StoreProcess(LocalAccount account, TimeProvider time, Action<IServiceCollection>? configure = null)
    {
        Environment.SetEnvironmentVariable("COSMOS_DISABLE_IMDS_ACCESS", "true");
        Requests = new RequestLog(account.CreateHandler());
        Client = new CosmosClient(LocalAccount.Endpoint.ToString(), WellKnownKey, new CosmosClientOptions
        {
            ConnectionMode = ConnectionMode.Gateway,
            LimitToEndpoint = true,
            HttpClientFactory = () => new HttpClient(Requests, disposeHandler: false),
            MaxRetryAttemptsOnRateLimitedRequests = 0,
        });
        var registered = new ServiceCollection()
            .AddSingleton(Client)
            .AddSingleton(time)
            .AddCosmosEventStore(static options =>
            {
                options.FirstBackoff = TimeSpan.FromMilliseconds(2);
                options.FeedPollInterval = TimeSpan.FromMilliseconds(20);
            }).Services;
        configure?.Invoke(registered);
        services = registered.BuildServiceProvider();
    }

    private static string WellKnownKey => new LocalAccountOptions().AccountKey;

    public CosmosClient Client { get; }

    public RequestLog Requests { get; }

    public IEventStore Store => services.GetRequiredService<IEventStore>();

    public ISigningKeys Keys => services.GetRequiredService<ISigningKeys>();

    public ITenantEventStore For(string tenant) => Store.ForTenant(TenantId.Parse(tenant));

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        Client.Dispose();
        Requests.Dispose();
    }
}
