using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace QANexus.Benchmarks;

/// <summary>
/// The least that a server over HTTP can do: it reads a request to its end and answers with as many bytes as were asked for. Nothing that is measured
/// against it can be faster, so it says what the transport alone costs.
/// </summary>
internal sealed class EchoServer : IHttpApplication<HttpContext>, IAsyncDisposable
{
    public const string LengthHeader = "x-echo-length";

    private static readonly byte[] s_bytes = new byte[4 * 1024 * 1024];

    private readonly KestrelServer _kestrel;

    private EchoServer()
    {
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
        _kestrel = new KestrelServer(
            Options.Create(options), new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance), NullLoggerFactory.Instance);
    }

    public Uri Endpoint => new(_kestrel.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single());

    public static async Task<EchoServer> StartAsync()
    {
        var server = new EchoServer();
        await server._kestrel.StartAsync(server, CancellationToken.None);
        return server;
    }

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }

    public async Task ProcessRequestAsync(HttpContext context)
    {
        await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        var length = int.Parse(context.Request.Headers[LengthHeader].ToString(), CultureInfo.InvariantCulture);
        context.Response.ContentLength = length;
        await context.Response.Body.WriteAsync(s_bytes.AsMemory(0, length), context.RequestAborted);
    }

    public async ValueTask DisposeAsync()
    {
        await _kestrel.StopAsync(CancellationToken.None);
        _kestrel.Dispose();
    }
}
