using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace QANexus.Benchmarks.Load;

/// <summary>Sends appends and reads to the host, and tells a tally what became of them.</summary>
internal sealed class LoadClient : IDisposable
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly HttpClient http;
    private readonly byte[] body;
    private readonly LoadStream[] streams;

    public LoadClient(LoadOptions options)
    {
        http = new HttpClient(new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = options.Writers + options.Readers })
        {
            BaseAddress = options.Url,
            Timeout = TimeSpan.FromSeconds(30),
        };
        if (options.Token is { } token)
        {
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        body = Body(options.Batch, options.Bytes);
        var run = Guid.CreateVersion7().ToString("N");
        streams = [.. Enumerable.Range(0, options.Streams).Select(n => new LoadStream(
            string.Create(CultureInfo.InvariantCulture, $"api/v1/tenants/{options.Tenant}/streams/Load/{run}-{n}/events")))];
    }

    public IReadOnlyList<LoadStream> Streams => streams;

    /// <summary>Appends once where the stream was last seen to end. On a conflict the writer that was faster knows where it ends now.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="started">The time from which the append's latency counts.</param>
    /// <param name="tally">Told of the outcome; null where it does not count.</param>
    public async Task AppendAsync(LoadStream stream, long started, LoadTally? tally)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, stream.Events);
        request.Content = new ByteArrayContent(body) { Headers = { ContentType = Json } };
        if (stream.Position is { } position)
        {
            request.Headers.IfMatch.Add(position);
        }
        else
        {
            request.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Any);
        }

        using var response = await SendAsync(request, tally);
        if (response is { IsSuccessStatusCode: true })
        {
            stream.Position = response.Headers.ETag;
            tally?.Appends.RecordSince(started);
        }
        else if (response is { StatusCode: HttpStatusCode.PreconditionFailed })
        {
            tally?.Conflicted();
        }
        else if (response is not null)
        {
            tally?.Failed(((int)response.StatusCode).ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Reads a stream's newest page.</summary>
    public async Task ReadAsync(LoadStream stream, long started, LoadTally? tally)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, stream.NewestEvents);
        using var response = await SendAsync(request, tally);
        if (response is { IsSuccessStatusCode: true })
        {
            tally?.Reads.RecordSince(started);
        }
        else if (response is not null)
        {
            tally?.Failed(string.Create(CultureInfo.InvariantCulture, $"read {(int)response.StatusCode}"));
        }
    }

    public void Dispose() => http.Dispose();

    /// <summary>The whole answer, or null where there was none.</summary>
    private async Task<HttpResponseMessage?> SendAsync(HttpRequestMessage request, LoadTally? tally)
    {
        try
        {
            return await http.SendAsync(request);
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException)
        {
            tally?.Failed(failure is HttpRequestException { HttpRequestError: var error } ? error.ToString() : "time-out");
            return null;
        }
    }

    private static byte[] Body(int events, int bytes)
    {
        var text = new string('x', bytes - 20);
        var printed = Enumerable.Range(0, events).Select(n => string.Create(
            CultureInfo.InvariantCulture, $$$"""{"type":"Loaded","data":{"n":{{{(n % 900) + 100}}},"text":"{{{text}}}"}}"""));
        return Encoding.UTF8.GetBytes($$"""{"events":[{{string.Join(',', printed)}}]}""");
    }
}
