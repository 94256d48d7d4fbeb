using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
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

    /// <summary>
    /// Takes bearer tokens: of Entra ID or another issuer that publishes its keys, or of a development host that shares a secret. A request that
    /// carries a token is judged by it alone. Safe to call twice; every <paramref name="configure"/> is applied.
    /// </summary>
    public ApiBuilder AddBearerAuthentication(Action<BearerAuthenticationOptions> configure)
    {
        Services.AddOptions<BearerAuthenticationOptions>().Configure(configure).ValidateDataAnnotations().ValidateOnStart();
        if (!Services.Any(static service => service.ImplementationType == typeof(BearerAuthenticator)))
        {
            Services.AddAuthentication().AddJwtBearer(BearerAuthenticationOptions.Scheme, static _ => { });
            Services.AddSingleton<IConfigureOptions<JwtBearerOptions>, BearerScheme>();
            Services.AddSingleton<ICallerAuthenticator, BearerAuthenticator>();
        }

        return this;
    }
}
