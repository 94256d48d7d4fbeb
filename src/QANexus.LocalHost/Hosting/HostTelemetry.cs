using System.Collections;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using QANexus.Functions.Hosting;

namespace QANexus.LocalHost.Hosting;

/// <summary>The telemetry of both hosts, and what the Functions host adds to it in Azure: a span for each request that arrives.</summary>
internal static class HostTelemetry
{
    private const string ServiceName = "OTEL_SERVICE_NAME";

    /// <summary>Where this process was told to send telemetry.</summary>
    public static IReadOnlyDictionary<string, string?> ReadEnvironment() => Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .Select(static variable => KeyValuePair.Create((string)variable.Key, (string?)variable.Value))
        .Where(static variable => variable.Key.StartsWith("OTEL_", StringComparison.Ordinal)
            || variable.Key.StartsWith("APPLICATIONINSIGHTS_", StringComparison.Ordinal))
        .ToDictionary(StringComparer.Ordinal);

    public static void AddHostTelemetry(this IServiceCollection services, IConfiguration settings) =>
        services.AddTelemetry(settings, telemetry => telemetry
            .ConfigureResource(resource => resource.AddService(settings[ServiceName] ?? "qanexus-local-host"))
            .WithTracing(static traces => traces.AddAspNetCoreInstrumentation(static options =>
                options.EnrichWithHttpRequest = static (activity, _) => LeaveOutWhoIsAsked(activity))));

    /// <summary>The route stays; paths and queries hold the ids of people's data.</summary>
    private static void LeaveOutWhoIsAsked(System.Diagnostics.Activity activity) => activity.SetTag("url.path", null).SetTag("url.query", null);
}
