using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using QANexus.LocalCosmos.Gateway;

namespace QANexus.LocalCosmos.Hosting;

/// <summary>Carries requests from the web server to the gateway and the answers back.</summary>
internal sealed class GatewayApplication(IGateway gateway, CancellationToken stopping) : IHttpApplication<HttpContext>
{
    private const int TrustedLength = 64 * 1024;

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }

    public async Task ProcessRequestAsync(HttpContext context)
    {
        try
        {
            var body = await ReadBodyAsync(context.Request, context.RequestAborted);
            var response = body is null ? GatewayExtensions.TooLarge() : await gateway.AnswerAsync(Read(context, body.Value), context.RequestAborted);
            await DeliverAsync(context, response);
        }
        catch (BadHttpRequestException malformed)
        {
            // Chunks that are none, or more than even the drain takes: answered where that is still possible, and the connection ends.
            context.Response.Headers.Connection = "close";
            await DeliverAsync(context, GatewayResponse.Error(malformed.StatusCode, malformed.Message));
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            context.Abort();
        }
    }

    private static GatewayRequest Read(HttpContext context, ReadOnlyMemory<byte> body)
    {
        var request = context.Request;
        var headers = new Dictionary<string, string>(request.Headers.Count, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in request.Headers)
            headers[name] = values.ToString();

        // What the client called us, so that the account names itself by it; HTTP/1.0 need not say.
        if (!Uri.TryCreate($"http://{request.Host.Value}/", UriKind.Absolute, out var address))
            address = new UriBuilder(Uri.UriSchemeHttp, IPAddress.Loopback.ToString(), context.Connection.LocalPort).Uri;
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        return new GatewayRequest(request.Method.ToUpperInvariant(), RequestTarget.Parse(target), address, headers, body);
    }

    private static async Task<ReadOnlyMemory<byte>?> ReadBodyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength is 0 or null && !request.Headers.ContainsKey("Transfer-Encoding"))
            return ReadOnlyMemory<byte>.Empty;

        // The announced length is a claim, not a reason to set much aside before anything came.
        using var body = new MemoryStream((int)Math.Min(request.ContentLength ?? TrustedLength, TrustedLength));
        var reader = request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            foreach (var segment in read.Buffer)
            {
                // Once too long, the rest is only read, not kept.
                if (body.Length <= RequestLimits.MaxBodyBytes)
                    body.Write(segment.Span);
            }

            reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                break;
        }

        if (body.Length > RequestLimits.MaxBodyBytes)
            return null;
        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    private async Task DeliverAsync(HttpContext context, GatewayResponse response)
    {
        if (response.Delivery == Delivery.CutBeforeAnswer)
        {
            context.Abort();
            return;
        }

        if (response.Delivery == Delivery.Never)
        {
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ended.Token);
        }

        context.Response.StatusCode = response.StatusCode;
        foreach (var (name, value) in response.Headers)
            context.Response.Headers[name] = HeaderText.Encode(value);
        if (response.StatusCode is StatusCodes.Status204NoContent or StatusCodes.Status304NotModified)
            return;

        context.Response.ContentLength = response.Body.Length;
        if (response.Delivery == Delivery.CutMidBody)
        {
            // Fewer bytes than announced make the web server close the connection behind them; aborting might overtake what was sent.
            await context.Response.Body.WriteAsync(response.Body[..(response.Body.Length / 2)], context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            return;
        }

        await context.Response.Body.WriteAsync(response.Body, context.RequestAborted);
    }
}
