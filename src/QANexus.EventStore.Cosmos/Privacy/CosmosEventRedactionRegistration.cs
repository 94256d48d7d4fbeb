using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using QANexus.EventStore.Cosmos.Reading;
using QANexus.EventStore.Cosmos.Requests;
using QANexus.EventStore.Cosmos.Schema;
using QANexus.EventStore.Cosmos.Snapshots;
using QANexus.EventStore.Privacy;
using QANexus.EventStore.Upcasting;

namespace QANexus.EventStore.Cosmos.Privacy;

/// <summary>Adds redaction to a host that has the event store on Cosmos DB.</summary>
public static class CosmosEventRedactionRegistration
{
    private const string ClientKey = "QANexus.EventStore.Cosmos.Privacy";

    /// <summary>
    /// Registers <see cref="IEventRedactor"/>. The event store is registered with <see cref="CosmosEventStoreRegistration.AddCosmosEventStore"/>;
    /// <see cref="CosmosEventRedactionOptions.Connect"/> must be set. Safe to call twice.
    /// </summary>
    public static OptionsBuilder<CosmosEventRedactionOptions> AddCosmosEventRedaction(
        this IServiceCollection services, Action<CosmosEventRedactionOptions> configure)
    {
        services.TryAddKeyedSingleton(ClientKey, static (provider, _) =>
            new PrivilegedClient(Options(provider).Connect!(provider), provider.GetRequiredService<CosmosClient>()));
        services.TryAddSingleton<IEventRedactor>(static provider => Create(
            provider,
            provider.GetRequiredService<CosmosClient>(),
            provider.GetRequiredKeyedService<PrivilegedClient>(ClientKey).Client,
            provider.GetRequiredService<IOptions<CosmosEventStoreOptions>>().Value,
            provider.GetRequiredService<TimeProvider>()));
        return services.AddOptions<CosmosEventRedactionOptions>().ValidateDataAnnotations().ValidateOnStart().Configure(configure);
    }

    private static CosmosEventRedactor Create(
        IServiceProvider provider, CosmosClient ordinary, CosmosClient privileged, CosmosEventStoreOptions store, TimeProvider time) => new(
        ordinary.GetContainer(store.DatabaseName, ContainerNames.Events),
        privileged.GetContainer(store.DatabaseName, ContainerNames.Events),
        new SnapshotDocuments(ordinary.GetContainer(store.DatabaseName, ContainerNames.Snapshots), store, time),
        provider.GetRequiredService<TailCache>(),
        provider.GetServices<IStreamMemory>(),
        provider.GetRequiredService<EventUpcaster>(),
        store,
        Options(provider),
        time);

    private static CosmosEventRedactionOptions Options(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<CosmosEventRedactionOptions>>().Value;
}
