using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using QANexus.EventStore.Cosmos.Reading;
using QANexus.EventStore.Cosmos.Schema;
using QANexus.EventStore.Privacy;

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
        services.TryAddKeyedSingleton(ClientKey, static (provider, _) => Options(provider).Connect!(provider));
        services.TryAddSingleton<IEventRedactor>(static provider =>
        {
            var store = provider.GetRequiredService<IOptions<CosmosEventStoreOptions>>().Value;
            return new CosmosEventRedactor(
                provider.GetRequiredService<CosmosClient>().GetContainer(store.DatabaseName, ContainerNames.Events),
                provider.GetRequiredKeyedService<CosmosClient>(ClientKey).GetContainer(store.DatabaseName, ContainerNames.Events),
                provider.GetRequiredService<TailCache>(),
                store,
                Options(provider),
                provider.GetRequiredService<TimeProvider>());
        });
        return services.AddOptions<CosmosEventRedactionOptions>().ValidateDataAnnotations().ValidateOnStart().Configure(configure);
    }

    private static CosmosEventRedactionOptions Options(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<CosmosEventRedactionOptions>>().Value;
}
