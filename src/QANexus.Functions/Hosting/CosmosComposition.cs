using Azure.Identity;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using QANexus.EventStore.Cosmos;
using QANexus.EventStore.Cosmos.Accounts;
using QANexus.EventStore.Cosmos.Clearing;
using QANexus.EventStore.Cosmos.Privacy;
using QANexus.EventStore.Cosmos.Subscriptions;

namespace QANexus.Functions.Hosting;

/// <summary>The event store of the app on the Cosmos DB account that the settings name.</summary>
internal static class CosmosComposition
{
    /// <summary>Redaction and clearing have identities of their own, if the settings name them: the ordinary one may only create commit documents.</summary>
    public static void AddCosmos(this IServiceCollection services, IConfiguration settings)
    {
        // The name under which a Cosmos DB trigger finds its identity-based connection, too.
        var endpoint = settings["Cosmos:accountEndpoint"]
            ?? throw new InvalidOperationException("The setting Cosmos__accountEndpoint, the address of the Cosmos DB account, is missing.");
        services.AddSingleton(_ => Connect(endpoint, clientId: null));
        services.AddCosmosAccountCheck();
        services.AddCosmosEventStore(options => settings.GetSection("EventStore").Bind(options));
        services.AddCosmosSubscriptions(options => settings.GetSection("Subscriptions").Bind(options));
        services.AddCosmosEventRedaction(options => options.Connect = _ => Connect(endpoint, settings["Redaction:managedIdentityClientId"]));
        if (settings.GetValue<bool>("TenantClear:enabled"))
        {
            services.AddCosmosTenantClear(options => options.Connect = _ => Connect(endpoint, settings["TenantClear:managedIdentityClientId"]));
        }
    }

    private static CosmosClient Connect(string endpoint, string? clientId) => new(
        endpoint,
        clientId is null ? new DefaultAzureCredential() : new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(clientId)),
        new CosmosClientOptions
        {
            ApplicationName = "QANexus", EnableContentResponseOnWrite = false,
            CosmosClientTelemetryOptions = new CosmosClientTelemetryOptions { DisableDistributedTracing = false },
        });
}
