using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using QANexus.LocalHost.Importing;

namespace QANexus.LocalHost.Demo;

/// <summary>Speaks to the API as any client does.</summary>
/// <param name="http">The way there.</param>
/// <param name="options">Where, and how patiently.</param>
/// <param name="tenant">In whose name.</param>
/// <param name="time">The clock.</param>
internal sealed class DemoClient(HttpClient http, DemoOptions options, string tenant, TimeProvider time)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    /// <summary>The address of something that the tenant has.</summary>
    public Uri AddressOf(string path) => new(options.BaseAddress, $"/api/v1/tenants/{tenant}/{path}");

    /// <summary>Sends a command, under a key of its own so that it could be repeated.</summary>
    /// <returns>What it answers: the events, and the aggregate after them.</returns>
    /// <exception cref="DemoFailedException">It is refused, or nobody answers.</exception>
    public async Task<JsonElement> SendAsync(string path, JsonObject body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, AddressOf(path))
        {
            Content = new StringContent(body.ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
        };
        request.Headers.Add("Idempotency-Key", Guid.CreateVersion7(time.GetUtcNow()).ToString());
        return await ReadAsync(request, cancellationToken) ?? throw new DemoFailedException($"There is no {path}.");
    }

    /// <summary>Imports a test report.</summary>
    /// <returns>The runs that are in it.</returns>
    /// <exception cref="DemoFailedException">It is refused, or nobody answers.</exception>
    public async Task<JsonElement> ImportAsync(string path, string report, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, AddressOf(path))
        {
            Content = new StringContent(report, Encoding.UTF8, new MediaTypeHeaderValue("application/xml")),
        };
        return (await ReadAsync(request, cancellationToken))?.GetProperty("testRuns") ?? throw new DemoFailedException($"There is no {path}.");
    }

    /// <summary>All documents of a view.</summary>
    /// <exception cref="DemoFailedException">There is no such view, or nobody answers.</exception>
    public async Task<IReadOnlyList<JsonElement>> ListAsync(string view, CancellationToken cancellationToken)
    {
        var documents = new List<JsonElement>();
        for (Uri? page = AddressOf($"views/{view}?maxCount=1000"); page is not null;)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, page);
            var found = await ReadAsync(request, cancellationToken) ?? throw new DemoFailedException($"There is no view {view}.");
            documents.AddRange(found.GetProperty("value").EnumerateArray());
            page = found.TryGetProperty("nextLink", out var next) ? new Uri(next.GetString()!) : null;
        }

        return documents;
    }

    /// <summary>Waits until the document of a view, or an aggregate, is as expected.</summary>
    /// <exception cref="DemoFailedException">It never is.</exception>
    public async Task<JsonElement> UntilAsync(string path, string what, Func<JsonElement, bool> isExpected, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, AddressOf(path));
            if (await ReadAsync(request, cancellationToken) is { } found && isExpected(found))
            {
                return found;
            }

            if (time.GetElapsedTime(started) > options.Patience)
            {
                throw new DemoFailedException($"{what}: {AddressOf(path)} has not shown it within {options.Patience.TotalSeconds:0} s.");
            }

            await Task.Delay(Poll, time, cancellationToken);
        }
    }

    private async Task<JsonElement?> ReadAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            if (response.StatusCode is HttpStatusCode.NotFound && request.Method == HttpMethod.Get)
            {
                return null;
            }

            if (!response.IsSuccessStatusCode)
            {
                throw new DemoFailedException($"{request.Method} {request.RequestUri}: {await ProblemText.ReadAsync(response, cancellationToken)}");
            }

            using var document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken));
            return document.RootElement.Clone();
        }
        catch (HttpRequestException failure)
        {
            throw new DemoFailedException($"{options.BaseAddress} does not answer: {failure.Message}", failure);
        }
    }
}
