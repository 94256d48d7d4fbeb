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
/// The account on a port of the loopback addresses, IPv4 and where there is one IPv6, HTTP/1.1 without TLS. Bodies have at most 4 MiB; a larger one is
/// answered with 413. A malformed request costs its sender the connection and nobody else anything.
/// </summary>
public sealed class LocalCosmosServer : IAsyncDisposable
{
    private const int MaxAttempts = 10;

    private readonly IReadOnlyList<KestrelServer> _servers;
    private readonly CancellationTokenSource _stopping;
    private readonly TimeSpan _shutdownTimeout;

    private LocalCosmosServer(IReadOnlyList<KestrelServer> servers, CancellationTokenSource stopping, TimeSpan shutdownTimeout)
    {
        _servers = servers;
        _stopping = stopping;
        _shutdownTimeout = shutdownTimeout;
        Endpoint = AddressOf(servers[0]);
    }

    /// <summary>Where clients connect, for instance <c>http://127.0.0.1:8081/</c>; <c>http://localhost:8081/</c> and <c>http://[::1]:8081/</c> lead there too.</summary>
    public Uri Endpoint { get; }

    /// <exception cref="EndpointUnavailableException">The port is taken or may not be used.</exception>
    internal static async Task<LocalCosmosServer> StartAsync(IGateway gateway, LocalCosmosServerOptions options, CancellationToken cancellationToken)
    {
        var stopping = new CancellationTokenSource();
        try
        {
            var servers = await ListenAsync(new GatewayApplication(gateway, stopping.Token), options.Port, cancellationToken);
            return new LocalCosmosServer(servers, stopping, options.ShutdownTimeout);
        }
        catch
        {
            stopping.Dispose();
            throw;
        }
    }

    /// <summary>Stops listening, waits for requests under way, and cuts off what is left after the shutdown timeout.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        using (var deadline = new CancellationTokenSource(_shutdownTimeout, TimeProvider.System))
            await Task.WhenAll(_servers.Select(server => server.StopAsync(deadline.Token)));
        foreach (var server in _servers)
            server.Dispose();
        _stopping.Dispose();
    }

    // "localhost" is two addresses, and which of them a client tries first is its own affair.
    private static async Task<IReadOnlyList<KestrelServer>> ListenAsync(GatewayApplication application, int port, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var first = await StartAsync(application, new IPEndPoint(IPAddress.Loopback, port), cancellationToken);
            try
            {
                if (!Socket.OSSupportsIPv6)
                    return [first];
                return [first, await StartAsync(application, new IPEndPoint(IPAddress.IPv6Loopback, AddressOf(first).Port), cancellationToken)];
            }
            catch (EndpointUnavailableException failure) when (ErrorOf(failure) == SocketError.AddressNotAvailable)
            {
                return [first];
            }
            catch (EndpointUnavailableException failure) when (port == 0 && attempt < MaxAttempts && ErrorOf(failure) == SocketError.AddressAlreadyInUse)
            {
                // A port that is free on the one address need not be on the other.
                await StopAsync(first);
            }
            catch
            {
                await StopAsync(first);
                throw;
            }
        }
    }

    // The web server alone, without a host around it: a host would install its own handlers for Ctrl+C and SIGTERM in the process that embeds us.
    private static async Task<KestrelServer> StartAsync(GatewayApplication application, IPEndPoint endpoint, CancellationToken cancellationToken)
    {
        var kestrel = new KestrelServer(
            Options.Create(Configure(endpoint)),
            new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance),
            NullLoggerFactory.Instance);
        try
        {
            await kestrel.StartAsync(application, cancellationToken);
            return kestrel;
        }
        catch (Exception exception)
        {
            kestrel.Dispose();
            if (exception is not (IOException or SocketException))
                throw;
            throw new EndpointUnavailableException($"LocalCosmos cannot listen on http://{endpoint}: {Reason(exception)}", exception);
        }
    }

    private static async Task StopAsync(KestrelServer server)
    {
        await server.StopAsync(CancellationToken.None);
        server.Dispose();
    }

    private static Uri AddressOf(KestrelServer server) => new(server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single());

    private static KestrelServerOptions Configure(IPEndPoint endpoint)
    {
        var kestrel = new KestrelServerOptions { AddServerHeader = false };
        kestrel.Limits.MaxRequestBodySize = RequestLimits.MaxDrainedBytes;
        kestrel.Listen(endpoint, listen => listen.Protocols = HttpProtocols.Http1);
        return kestrel;
    }

    private static SocketError? ErrorOf(Exception failure) => (failure.GetBaseException() as SocketException)?.SocketErrorCode;

    private static string Reason(Exception exception) => exception.GetBaseException() switch
    {
        SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse } => "the port is in use by another process.",
        SocketException { SocketErrorCode: SocketError.AccessDenied } => "the port may not be used by this user.",
        var other => other.Message,
    };
}
