using System.Collections.Concurrent;
using System.Net;

namespace QANexus.LocalCosmos.Tests.Conformance;

/// <summary>One exchange as it went over the wire.</summary>
internal sealed record Exchange(
    string Method, string Path, IReadOnlyDictionary<string, string> RequestHeaders, HttpStatusCode Status, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string this[string header] => Headers.GetValueOrDefault(header) ?? throw new KeyNotFoundException($"The answer has no header '{header}'.");
}

/// <summary>Keeps what the SDK sends and gets, below the SDK and above the transport.</summary>
internal sealed class WireLog(HttpMessageHandler transport) : DelegatingHandler(transport)
{
    private readonly ConcurrentQueue<Exchange> _exchanges = new();

    public IReadOnlyList<Exchange> Exchanges => [.. _exchanges];

    public IReadOnlyList<Exchange> Items => [.. _exchanges.Where(exchange => exchange.Path.Contains("/docs", StringComparison.Ordinal))];

    public void Clear() => _exchanges.Clear();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        await response.Content.LoadIntoBufferAsync(cancellationToken);
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        _exchanges.Enqueue(new Exchange(
            request.Method.Method, request.RequestUri!.AbsolutePath, Flatten(request.Headers.NonValidated), response.StatusCode,
            Flatten([.. response.Headers.NonValidated, .. response.Content.Headers.NonValidated]), body));
        return response;
    }

    private static Dictionary<string, string> Flatten(IEnumerable<KeyValuePair<string, System.Net.Http.Headers.HeaderStringValues>> headers) =>
        headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
}
