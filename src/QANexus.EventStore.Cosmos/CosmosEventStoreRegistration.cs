using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using QANexus.EventStore.Cosmos.Health;
using QANexus.EventStore.Cosmos.Reading;
using QANexus.EventStore.Cosmos.Schema;
using QANexus.EventStore.Cosmos.Schemas;
using QANexus.EventStore.Cosmos.Signing;
using QANexus.EventStore.Cosmos.Snapshots;
using QANexus.EventStore.Health;
using QANexus.EventStore.Schemas;
using QANexus.EventStore.Signing;
using QANexus.EventStore.Snapshots;
using QANexus.EventStore.Telemetry;
using QANexus.EventStore.Upcasting;

namespace QANexus.EventStore.Cosmos;

/// <summary>Adds the event store on Cosmos DB to a host.</summary>
public static class CosmosEventStoreRegistration
{
    /// <summary>
    /// Registers <see cref="IEventStore"/>, which reads through the <see cref="EventCatalog"/> of <c>AddEventTypes</c>, <see cref="ISigningKeys"/> and <see cref="IStoreProbe"/>. The host registers one
    /// <see cref="CosmosClient"/>; the containers must exist. Safe to call twice.
    /// </summary>
    public static OptionsBuilder<CosmosEventStoreOptions> AddCosmosEventStore(
        this IServiceCollection services, Action<CosmosEventStoreOptions>? configure = null)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddEventUpcasting();
        services.TryAddSingleton<IEventSchemaCompiler, JsonSchemaCompiler>();
        services.TryAddSingleton<TailCache>();
        services.TryAddSingleton<IEventStore>(static provider => new ObservedEventStore(
            new CosmosEventStore(
                ContainerOf(provider, ContainerNames.Events),
                provider.GetRequiredService<TailCache>(),
                provider.GetRequiredService<EventUpcaster>(),
                provider.GetRequiredService<AppendAdmission>(),
                provider.GetRequiredService<IOptions<CosmosEventStoreOptions>>(),
                provider.GetRequiredService<TimeProvider>()),
            provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<ISnapshotStore>(static provider => new CosmosSnapshotStore(
            ContainerOf(provider, ContainerNames.Events),
            ContainerOf(provider, ContainerNames.Snapshots),
            provider.GetRequiredService<TailCache>(),
            provider.GetRequiredService<EventUpcaster>(),
            OptionsOf(provider),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetService<ILogger<CosmosSnapshotStore>>() ?? NullLogger<CosmosSnapshotStore>.Instance));
        services.TryAddSingleton<IClientSnapshots>(static provider => new CosmosClientSnapshots(
            provider.GetRequiredService<IEventStore>(),
            ContainerOf(provider, ContainerNames.Events),
            ContainerOf(provider, ContainerNames.Snapshots),
            provider.GetRequiredService<TailCache>(),
            OptionsOf(provider),
            provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<ISigningKeys>(static provider => new StoredSigningKeys(
            ContainerOf(provider, ContainerNames.Subscriptions), OptionsOf(provider), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<IStoreProbe>(static provider => new StoreProbe(
            ContainerOf(provider, ContainerNames.Events), OptionsOf(provider), provider.GetRequiredService<TimeProvider>()));

        var builder = services.AddOptions<CosmosEventStoreOptions>().ValidateDataAnnotations().ValidateOnStart();
        return configure is null ? builder : builder.Configure(configure);
    }

    private static Container ContainerOf(IServiceProvider provider, string name) =>
        provider.GetRequiredService<CosmosClient>().GetContainer(OptionsOf(provider).DatabaseName, name);

    private static CosmosEventStoreOptions OptionsOf(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<CosmosEventStoreOptions>>().Value;
}
