using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;
using QANexus.EventStore;
using QANexus.EventStore.Cosmos;
using QANexus.EventStore.Cosmos.Schema;
using QANexus.LocalCosmos;

namespace QANexus.Benchmarks;

/// <summary>The event store over LocalCosmos, both in this process and without a socket in between, so that CPU time and allocations are the whole of it.</summary>
internal sealed class InProcessStore : IAsyncDisposable
{
    private readonly LocalAccount account;
    private readonly HttpMessageHandler handler;
    private readonly CosmosClient client;
    private readonly ServiceProvider services;

    private InProcessStore(LocalAccountOptions options, Action<IServiceCollection> configure)
    {
        // The SDK would ask the cloud's metadata address whether this machine is one of the cloud's.
        Environment.SetEnvironmentVariable("COSMOS_DISABLE_IMDS_ACCESS", "true");
        account = LocalAccount.Open(options);
        handler = account.CreateHandler();
        client = new CosmosClient(LocalAccount.Endpoint.ToString(), options.AccountKey, new CosmosClientOptions
        {
            ConnectionMode = ConnectionMode.Gateway,
            LimitToEndpoint = true,
            HttpClientFactory = () => new HttpClient(handler, disposeHandler: false),
        });
        var collection = new ServiceCollection().AddSingleton(client);
        collection.AddCosmosEventStore();
        configure(collection);
        services = collection.BuildServiceProvider();
    }

    public IEventStore Events => Get<IEventStore>();

    /// <summary>The container of commits, for what goes past the store.</summary>
    public Container Commits => client.GetContainer(Database, ContainerNames.Events);

    private static string Database => new CosmosEventStoreOptions().DatabaseName;

    /// <param name="options">Where the data are.</param>
    /// <param name="configure">What there is beside the store.</param>
    public static async Task<InProcessStore> StartAsync(LocalAccountOptions options, Action<IServiceCollection> configure)
    {
        var store = new InProcessStore(options, configure);
        await CosmosSchema.CreateAsync(store.client, Database, CancellationToken.None);
        return store;
    }

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        client.Dispose();
        handler.Dispose();
        await account.DisposeAsync();
    }
}
