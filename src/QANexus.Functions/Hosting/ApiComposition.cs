using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using QANexus.Api;

namespace QANexus.Functions.Hosting;

/// <summary>The API of the app, and whom it takes for whom.</summary>
internal static class ApiComposition
{
    /// <summary>Takes the tokens that the settings under <c>Authentication</c> describe. Without any setting every call for a tenant is refused.</summary>
    public static void AddApi(this IHostApplicationBuilder builder)
    {
        var api = builder.Services.AddQANexusApi(options => builder.Configuration.GetSection("Api").Bind(options));
        var tokens = builder.Configuration.GetSection("Authentication");
        if (tokens.Exists())
        {
            api.AddBearerAuthentication(options => tokens.Bind(options));
        }

        // The worker sees the Functions host as its caller, on the same machine for everybody: two conditions, and neither holds in Azure.
        if (builder.Environment.IsDevelopment() && builder.Configuration.GetValue<bool>("Api:DevelopmentAuthentication"))
        {
            api.AddDevelopmentAuthentication();
        }
    }
}
