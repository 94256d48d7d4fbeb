using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace QANexus.LocalHost.Tests.Telemetry;

/// <summary>Takes what is sent over OTLP or to Application Insights, and keeps it as it came.</summary>
internal sealed class TelemetryReceiver : IAsyncDisposable
{
    private readonly WebApplication application;

    private TelemetryReceiver(WebApplication application) => this.application = application;

    /// <summary>Path and body of each request.</summary>
    public ConcurrentQueue<(string Path, byte[] Body)> Received { get; } = new();

    /// <summary>The settings that send a host's telemetry here.</summary>
    public IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = Address,
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
    };

    /// <summary>The settings that send it here as to Application Insights.</summary>
    public IReadOnlyDictionary<string, string?> ApplicationInsightsSettings => new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["APPLICATIONINSIGHTS_CONNECTION_STRING"] = $"InstrumentationKey={Guid.Empty};IngestionEndpoint={Address}/;LiveEndpoint={Address}/",
    };

    private string Address => application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public static async Task<TelemetryReceiver> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(static options => options.Listen(IPAddress.Loopback, 0));
        var receiver = new TelemetryReceiver(builder.Build());
        receiver.application.Run(receiver.KeepAsync);
        await receiver.application.StartAsync();
        return receiver;
    }

    public async ValueTask DisposeAsync() => await application.DisposeAsync();

    private async Task KeepAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        Received.Enqueue((context.Request.Path, body.ToArray()));
    }
}
