using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace QANexus.EventStore.Cosmos.Accounts;

/// <summary>Has a host look at its account before it starts.</summary>
public static class AccountCheckRegistration
{
    /// <summary>
    /// Runs <see cref="AccountCheck"/> on the registered <see cref="CosmosClient"/> before the host's services start; in the environment
    /// <c>Development</c> an account in memory will do. A host whose account cannot be asked does not start. Safe to call twice.
    /// </summary>
    public static IServiceCollection AddCosmosAccountCheck(this IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, AccountCheckAtStart>());
        return services;
    }
}
