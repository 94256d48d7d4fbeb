using System;
using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using QANexus.EventStore.Telemetry;

namespace QANexus.Functions.Hosting;

/// <summary>Where traces, metrics and logs go, in both hosts.</summary>
internal static class TelemetryComposition
{
    private const string Otlp = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string AzureMonitor = "APPLICATIONINSIGHTS_CONNECTION_STRING";
    private const string AzureMonitorAccess = "APPLICATIONINSIGHTS_AUTHENTICATION_STRING";

    /// <summary>
    /// Sends to the OTLP endpoint and to the Application Insights that the settings name, to both where they name both. Where they name neither, nothing
    /// is collected and <paramref name="complete"/> is not called.
    /// </summary>
    public static void AddTelemetry(this IServiceCollection services, IConfiguration settings, Action<IOpenTelemetryBuilder> complete)
    {
        var hasOtlp = !string.IsNullOrEmpty(settings[Otlp]);
        var hasAzureMonitor = !string.IsNullOrEmpty(settings[AzureMonitor]);
        if (hasOtlp || hasAzureMonitor)
        {
            var telemetry = services.AddOpenTelemetry()
                .WithTracing(static traces => traces.AddSource(EventStoreTelemetry.Name, "Azure.Cosmos.Operation"))
                .WithMetrics(static metrics => metrics.AddMeter(EventStoreTelemetry.Name, "System.Runtime"))
                .WithLogging(configureBuilder: null, static logs => logs.IncludeFormattedMessage = true);
            // Below warnings the web server writes the path and the query of each request into the log.
            services.AddLogging(static logging => logging.AddFilter<OpenTelemetryLoggerProvider>("Microsoft.AspNetCore", LogLevel.Warning));
            complete(telemetry);
            if (hasOtlp)
            {
                telemetry.UseOtlpExporter();
            }

            if (hasAzureMonitor)
            {
                telemetry.UseAzureMonitorExporter(options => Configure(options, settings));
            }
        }
    }

    private static void Configure(AzureMonitorExporterOptions options, IConfiguration settings)
    {
        options.ConnectionString = settings[AzureMonitor];
        // Traces are sampled; what is logged of one that was not would go with it, failures too.
        options.EnableTraceBasedLogsSampler = false;
        if (settings[AzureMonitorAccess]?.Contains("Authorization=AAD", StringComparison.OrdinalIgnoreCase) is true)
        {
            options.Credential = new DefaultAzureCredential();
        }
    }
}
