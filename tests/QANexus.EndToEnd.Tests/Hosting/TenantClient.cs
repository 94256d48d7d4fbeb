using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace QANexus.EndToEnd.Tests.Hosting;

/// <summary>The API as a client of one tenant uses it.</summary>
public sealed class TenantClient(Uri address, string tenant) : IDisposable
{
    private readonly HttpClient http = new() { BaseAddress = new Uri(address, "/") };

    public string Tenant => tenant;

    public TenantClient At(Uri other) => new(other, tenant);

    public Task<Answer> AppendAsync(string stream, string events, Action<HttpRequestHeaders>? headers = null) =>
        AppendBodyAsync(stream, $$"""{"events":[{{events}}]}""", headers);

    public Task<Answer> AppendBodyAsync(string stream, string body, Action<HttpRequestHeaders>? headers = null) =>
        SendAsync(HttpMethod.Post, $"streams/{stream}/events", body, headers);

    public Task<Answer> GetAsync(string path, Action<HttpRequestHeaders>? headers = null) => SendAsync(HttpMethod.Get, path, null, headers);

    public Task<Answer> ReadAsync(string stream, string query = "") => GetAsync($"streams/{stream}/events{query}");

    /// <summary>All pages of a list, each from the link of the one before.</summary>
    public async Task<List<JsonNode>> ListAsync(string path)
    {
        var items = new List<JsonNode>();
        var next = new Uri(http.BaseAddress!, $"api/v1/tenants/{tenant}/{path}");
        while (true)
        {
            using var response = await http.GetAsync(next);
            var answer = await Answer.OfAsync(response);
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            items.AddRange(answer.Json["value"]!.AsArray().Select(static item => item!));
            if (answer.Json["nextLink"] is not { } link)
            {
                return items;
            }

            next = new Uri(link.GetValue<string>(), UriKind.Absolute);
        }
    }

    public Task<Answer> SendAsync(HttpMethod method, string path, string? body, Action<HttpRequestHeaders>? headers = null) =>
        ExchangeAsync(method, path, body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"), headers);

    public Task<Answer> PostAsync(string path, HttpContent content, Action<HttpRequestHeaders>? headers = null) =>
        ExchangeAsync(HttpMethod.Post, path, content, headers);

    public void Dispose() => http.Dispose();

    private async Task<Answer> ExchangeAsync(HttpMethod method, string path, HttpContent? content, Action<HttpRequestHeaders>? headers)
    {
        using var request = new HttpRequestMessage(method, $"api/v1/tenants/{tenant}/{path}") { Content = content };
        headers?.Invoke(request.Headers);
        using var response = await http.SendAsync(request);
        return await Answer.OfAsync(response);
    }
}

/// <summary>What came back.</summary>
public sealed record Answer(HttpStatusCode Status, JsonNode Json, HttpResponseHeaders Headers)
{
    public string ETag => Headers.GetValues("ETag").Single();

    public string? Code => Json["code"]?.GetValue<string>();

    public long Version => Json["version"]!.GetValue<long>();

    public IReadOnlyList<JsonNode> Events => [.. Json["value"]!.AsArray().Select(static e => e!)];

    public bool IsReplay => Headers.TryGetValues("Idempotency-Replayed", out var values) && values.Single() == "true";

    public static async Task<Answer> OfAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        return new Answer(response.StatusCode, text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!, response.Headers);
    }
}
