using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using QANexus.LocalHost.Functions.Http;

namespace QANexus.LocalHost.Hosting;

/// <summary>The function methods on Kestrel, on loopback addresses only.</summary>
internal sealed class ApiServer : IAsyncDisposable
{
    /// <summary>How long requests under way may take to finish once the server is told to stop.</summary>
    public static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(10);

    private readonly WebApplication application;
    private readonly int port;

    private ApiServer(WebApplication application, int port) => (this.application, this.port) = (application, port);

    /// <summary>Where it listens, once it is started.</summary>
    public Uri Address => new(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public IServiceProvider Services => application.Services;

    /// <param name="port">The port on 127.0.0.1 and ::1; 0 takes a free one on 127.0.0.1.</param>
    /// <param name="functions">What to serve.</param>
    /// <param name="settings">What is configured by name.</param>
    /// <param name="configureServices">Adds what the functions need.</param>
    /// <param name="minimumLevel">What is worth a line on the standard error stream.</param>
    public static ApiServer Create(
        int port, IReadOnlyList<HttpFunction> functions, IReadOnlyDictionary<string, string?> settings, Action<IServiceCollection> configureServices,
        LogLevel minimumLevel)
    {
        var web = Build(port, settings, configureServices, minimumLevel);
        web.MapFunctions(functions);
        return new ApiServer(web, port);
    }

    /// <summary>Checks the services and listens.</summary>
    /// <exception cref="LocalHostStartException">The port cannot be had.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await application.StartAsync(cancellationToken);
        }
        catch (IOException failure)
        {
            throw PortFailure.Explain(port, "--port", failure);
        }
    }

    /// <summary>Takes no more requests and lets those under way finish, within the host's time for it.</summary>
    public async ValueTask DisposeAsync()
    {
        await application.StopAsync();
        await application.DisposeAsync();
    }

    /// <summary>An empty builder: nothing but the command line decides, no settings file lying about and, telemetry aside, no environment variable.</summary>
    private static WebApplication Build(
        int port, IReadOnlyDictionary<string, string?> settings, Action<IServiceCollection> configureServices, LogLevel minimumLevel)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Host.UseDefaultServiceProvider(static options => (options.ValidateOnBuild, options.ValidateScopes) = (true, true));
        builder.Logging.AddHostLog(minimumLevel);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            Listen(options, port);
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, CallerLifetime>();
        builder.Services.AddHostTelemetry(builder.Configuration);
        builder.Services.Configure<HostOptions>(static options => options.ShutdownTimeout = DrainTime);
        configureServices(builder.Services);
        return builder.Build();
    }

    private static void Listen(KestrelServerOptions options, int port)
    {
        if (port == 0)
        {
            options.Listen(IPAddress.Loopback, port);
        }
        else
        {
            options.ListenLocalhost(port);
        }
    }
}
