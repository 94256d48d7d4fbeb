using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using QANexus.EventStore.Clearing;
using QANexus.EventStore.Cosmos.Requests;
using QANexus.EventStore.Cosmos.Schema;

namespace QANexus.EventStore.Cosmos.Clearing;

/// <summary>Lets a host that has the event store on Cosmos DB clear tenants. For test environments.</summary>
public static class CosmosTenantClearRegistration
{
    private const string ClientKey = "QANexus.EventStore.Cosmos.Clearing";

    /// <summary>
    /// Registers <see cref="ITenantClearing"/>, and an <see cref="ITenantGenerations"/> that costs every request 1 RU and a round trip. Every host of a
    /// database must have it or none: one without it goes on serving generation 0, whatever the others have cleared.
    /// <see cref="CosmosTenantClearOptions.Connect"/> must be set. Safe to call twice.
    /// </summary>
    public static OptionsBuilder<CosmosTenantClearOptions> AddCosmosTenantClear(this IServiceCollection services, Action<CosmosTenantClearOptions> configure)
    {
        services.TryAddKeyedSingleton(ClientKey, static (provider, _) =>
            new PrivilegedClient(Options(provider).Connect!(provider), provider.GetRequiredService<CosmosClient>()));
        services.Replace(ServiceDescriptor.Singleton<ITenantGenerations>(static provider =>
            new StoredGenerations(new PrimaryReads(
                ContainerOf(provider, provider.GetRequiredService<CosmosClient>(), ContainerNames.Subscriptions), StoreOptions(provider), Time(provider)))));
        services.TryAddSingleton<ITenantClearing>(static provider => Create(provider, provider.GetRequiredKeyedService<PrivilegedClient>(ClientKey).Client));
        return services.AddOptions<CosmosTenantClearOptions>().ValidateDataAnnotations().ValidateOnStart().Configure(configure);
    }

    private static CosmosTenantClearing Create(IServiceProvider provider, CosmosClient client) => new(
        new GenerationStore(ContainerOf(provider, client, ContainerNames.Subscriptions), StoreOptions(provider), Time(provider)),
        [
            .. CosmosSchema.Containers().Where(static container => container.PartitionKeyPaths is ["/tenantId", _])
                .Select(container => new TenantContainer(
                    ContainerOf(provider, client, container.Id), container.PartitionKeyPaths[1], StoreOptions(provider), Time(provider))),
        ],
        Options(provider),
        Time(provider));

    private static Container ContainerOf(IServiceProvider provider, CosmosClient client, string name) =>
        client.GetContainer(StoreOptions(provider).DatabaseName, name);

    private static CosmosTenantClearOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<CosmosTenantClearOptions>>().Value;

    private static CosmosEventStoreOptions StoreOptions(IServiceProvider provider) => provider.GetRequiredService<IOptions<CosmosEventStoreOptions>>().Value;

    private static TimeProvider Time(IServiceProvider provider) => provider.GetRequiredService<TimeProvider>();
}
