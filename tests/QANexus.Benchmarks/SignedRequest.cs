using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using QANexus.LocalCosmos.Authorization;

namespace QANexus.Benchmarks;

/// <summary>
/// A request as an SDK sends it, without the SDK: what is measured is the server. The signature covers neither id nor body of what is posted, so it is made
/// once and the request is sent many times.
/// </summary>
internal sealed class SignedRequest
{
    private const string Date = "Mon, 23 Nov 2026 07:13:12 GMT";

    private readonly HttpMethod _method;
    private readonly string _path;
    private readonly (string Name, string Value)[] _headers;

    public SignedRequest(HttpMethod method, string[] segments, params (string Name, string Value)[] headers)
    {
        _method = method;
        _path = string.Join('/', segments);
        _headers = [.. headers, ("x-ms-date", Date), ("Authorization", Sign(method, segments)), ("x-ms-version", "2020-07-15"), ("Accept", "application/json")];
    }

    public HttpRequestMessage ToMessage(Uri server, byte[]? body)
    {
        var message = new HttpRequestMessage(_method, new Uri(server, _path));
        foreach (var (name, value) in _headers)
            message.Headers.TryAddWithoutValidation(name, value);
        if (body is null)
            return message;
        message.Content = new ByteArrayContent(body);
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return message;
    }

    private static string Sign(HttpMethod method, string[] segments)
    {
        var isFeed = segments.Length % 2 == 1;
        var link = string.Join('/', isFeed ? segments[..^1] : segments);
        var covered = $"{method.Method}\n{(isFeed ? segments[^1] : segments[^2])}\n".ToLowerInvariant() + $"{link}\n{Date.ToLowerInvariant()}\n\n";
        var hash = HMACSHA256.HashData(Convert.FromBase64String(WellKnownKey.Value), Encoding.UTF8.GetBytes(covered));
        return Uri.EscapeDataString($"type=master&ver=1.0&sig={Convert.ToBase64String(hash)}");
    }
}
