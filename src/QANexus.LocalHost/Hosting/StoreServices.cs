using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;
using QANexus.Domain;
using QANexus.EventStore.Cosmos;
using QANexus.EventStore.Upcasting;

namespace QANexus.LocalHost.Hosting;

/// <summary>The event store and everything this program knows of event types: the same for the host and for the tools that look at its data.</summary>
internal static class StoreServices
{
    public static void Add(IServiceCollection services, Func<CosmosClient> client, LocalHostOptions options)
    {
        services.AddSingleton(_ => client());
        services.AddCosmosEventStore();
        services.AddQADomain();
        if (options.EventTypes is { } describe)
        {
            services.AddEventTypes(describe);
        }
    }
}
