using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using QANexus.LocalCosmos.Gateway;

namespace QANexus.LocalCosmos.Hosting;

/// <summary>
/// The account on a port of the loopback address, HTTP/1.1 without TLS. Bodies have at most 4 MiB; a larger one is answered with 413. A
/// malformed request costs its sender the connection and nobody else anything.
/// </summary>
public sealed class LocalCosmosServer : IAsyncDisposable
{
    private readonly KestrelServer _kestrel;
    private readonly CancellationTokenSource _stopping;
    private readonly TimeSpan _shutdownTimeout;

    // The web server alone, without a host around it: a host would install its own handlers for Ctrl+C and SIGTERM in the process that embeds us.
    private LocalCosmosServer(KestrelServer kestrel, Uri endpoint, CancellationTokenSource stopping, TimeSpan shutdownTimeout) =>
        (_kestrel, Endpoint, _stopping, _shutdownTimeout) = (kestrel, endpoint, stopping, shutdownTimeout);

    /// <summary>Where clients connect, for instance <c>http://127.0.0.1:8081/</c>.</summary>
    public Uri Endpoint { get; }

    /// <exception cref="EndpointUnavailableException">The port is taken or may not be used.</exception>
    internal static async Task<LocalCosmosServer> StartAsync(IGateway gateway, LocalCosmosServerOptions options, CancellationToken cancellationToken)
    {
        var stopping = new CancellationTokenSource();
        var kestrel = new KestrelServer(
            Options.Create(Configure(options)),
            new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance),
            NullLoggerFactory.Instance);
        try
        {
            await kestrel.StartAsync(new GatewayApplication(gateway, stopping.Token), cancellationToken);
        }
        catch (Exception exception)
        {
            kestrel.Dispose();
            stopping.Dispose();
            if (exception is not (IOException or SocketException))
                throw;
            throw new EndpointUnavailableException(
                string.Create(CultureInfo.InvariantCulture, $"LocalCosmos cannot listen on http://127.0.0.1:{options.Port}: {Reason(exception)}"), exception);
        }

        var address = kestrel.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single();
        return new LocalCosmosServer(kestrel, new Uri(address), stopping, options.ShutdownTimeout);
    }

    /// <summary>Stops listening, waits for requests under way, and cuts off what is left after the shutdown timeout.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        using (var deadline = new CancellationTokenSource(_shutdownTimeout, TimeProvider.System))
            await _kestrel.StopAsync(deadline.Token);
        _kestrel.Dispose();
        _stopping.Dispose();
    }

    private static KestrelServerOptions Configure(LocalCosmosServerOptions options)
    {
        var kestrel = new KestrelServerOptions { AddServerHeader = false };
        kestrel.Limits.MaxRequestBodySize = RequestLimits.MaxDrainedBytes;
        kestrel.Listen(IPAddress.Loopback, options.Port, listen => listen.Protocols = HttpProtocols.Http1);
        return kestrel;
    }

    private static string Reason(Exception exception) => exception.GetBaseException() switch
    {
        SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse } => "the port is in use by another process.",
        SocketException { SocketErrorCode: SocketError.AccessDenied } => "the port may not be used by this user.",
        var other => other.Message,
    };
}
