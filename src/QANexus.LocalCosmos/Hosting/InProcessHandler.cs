using System.Net;
using QANexus.LocalCosmos.Gateway;

namespace QANexus.LocalCosmos.Hosting;

/// <summary>
/// The transport without sockets: hand it to the SDK's HttpClientFactory. It answers for one host only; whatever else the SDK asks the
/// same client for, such as the metadata service of a virtual machine, is not found.
/// </summary>
internal sealed class InProcessHandler(IGateway gateway, Uri account) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (request.RequestUri is not { IsAbsoluteUri: true } uri
            || !string.Equals(uri.Authority, account.Authority, StringComparison.OrdinalIgnoreCase))
            return new HttpResponseMessage(HttpStatusCode.NotFound) { RequestMessage = request, Content = new ByteArrayContent([]) };

        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        var response = body.Length > RequestLimits.MaxBodyBytes
            ? GatewayExtensions.TooLarge()
            : await gateway.AnswerAsync(Read(request, uri, body), cancellationToken);
        return await DeliverAsync(request, response, cancellationToken);
    }

    private static GatewayRequest Read(HttpRequestMessage request, Uri uri, byte[] body)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in request.Headers.NonValidated)
            headers[name] = values.ToString();
        if (request.Content is not null)
        {
            foreach (var (name, values) in request.Content.Headers.NonValidated)
                headers[name] = values.ToString();
        }

        var address = new Uri(uri.GetLeftPart(UriPartial.Authority) + "/");
        return new GatewayRequest(request.Method.Method.ToUpperInvariant(), RequestTarget.Parse(uri.PathAndQuery), address, headers, body);
    }

    private static async Task<HttpResponseMessage> DeliverAsync(
        HttpRequestMessage request, GatewayResponse response, CancellationToken cancellationToken)
    {
        switch (response.Delivery)
        {
            case Delivery.CutBeforeAnswer:
                throw new HttpRequestException(
                    HttpRequestError.ResponseEnded, "An error occurred while sending the request.", CutContent.Ended());
            case Delivery.Never:
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
                break;
        }

        HttpContent content = response.Delivery == Delivery.CutMidBody ? new CutContent(response.Body) : new ReadOnlyMemoryContent(response.Body);
        // On the wire every status has a phrase. Without one, which .NET does not know for 449, the SDK cannot write its diagnostics, and throws.
        var message = new HttpResponseMessage((HttpStatusCode)response.StatusCode)
        {
            ReasonPhrase = GatewayResponse.CodeOf(response.StatusCode), RequestMessage = request, Content = content,
        };
        foreach (var (name, value) in response.Headers)
        {
            var text = HeaderText.Encode(value);
            if (!message.Headers.TryAddWithoutValidation(name, text))
                content.Headers.TryAddWithoutValidation(name, text);
        }

        return message;
    }
}
