using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using QANexus.Api.Authentication;

namespace QANexus.Api;

/// <summary>Completes the API: above all, who may call it.</summary>
public sealed class ApiBuilder(IServiceCollection services)
{
    /// <summary>The services that the API is registered in.</summary>
    public IServiceCollection Services { get; } = services;

    /// <summary>
    /// Takes callers over the loopback interface for the development administrator, who may do everything. Never on a host that a proxy or another
    /// process on the same machine makes reachable from elsewhere.
    /// </summary>
    public ApiBuilder AddDevelopmentAuthentication()
    {
        Services.TryAddEnumerable(ServiceDescriptor.Singleton<ICallerAuthenticator, DevelopmentAuthenticator>());
        return this;
    }
}
