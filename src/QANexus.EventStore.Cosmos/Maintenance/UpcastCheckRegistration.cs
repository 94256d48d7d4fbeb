using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using QANexus.EventStore.Cosmos.Requests;
using QANexus.EventStore.Cosmos.Schema;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Upcasting;

namespace QANexus.EventStore.Cosmos.Maintenance;

/// <summary>Adds the dry run of upcasting to a tool. A host that serves requests has no use for it.</summary>
public static class UpcastCheckRegistration
{
    /// <summary>Registers <see cref="UpcastCheck"/> over the store of <c>AddCosmosEventStore</c>, which is to be called as well. Safe to call twice.</summary>
    public static IServiceCollection AddCosmosUpcastCheck(this IServiceCollection services)
    {
        services.TryAddSingleton<IStoredEvents>(static provider =>
        {
            var options = provider.GetRequiredService<IOptions<CosmosEventStoreOptions>>().Value;
            var events = provider.GetRequiredService<CosmosClient>().GetContainer(options.DatabaseName, ContainerNames.Events);
            return new StoredEventScan(new ReadRequests(events, options, provider.GetRequiredService<TimeProvider>()));
        });
        services.TryAddSingleton<UpcastCheck>();
        return services;
    }
}
