using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Text.Json;

namespace QANexus.Testing.Feeds;

/// <summary>Reads an event stream of the API with the platform's own parser, as a client would.</summary>
public sealed class EventStreamReader : IAsyncDisposable
{
    /// <summary>How long a test waits for what must come.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly SseParser<string> parser;
    private readonly IAsyncEnumerator<SseItem<string>> items;

    private EventStreamReader(HttpResponseMessage response, Stream body)
    {
        Response = response;
        parser = SseParser.Create(body);
        items = parser.EnumerateAsync().GetAsyncEnumerator();
    }

    public HttpResponseMessage Response { get; }

    /// <summary>What to resume after.</summary>
    public string LastEventId => parser.LastEventId;

    public TimeSpan ReconnectionInterval => parser.ReconnectionInterval;

    public static async Task<EventStreamReader> OpenAsync(HttpClient client, string url, string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        if (lastEventId is { Length: > 0 })
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return new EventStreamReader(response, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>The next event; null where the stream has ended, one way or another.</summary>
    public async Task<SseItem<string>?> NextAsync()
    {
        try
        {
            return await items.MoveNextAsync().AsTask().WaitAsync(Patience) ? items.Current : null;
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>The JSON of the next event.</summary>
    public async Task<JsonElement> NextJsonAsync()
    {
        var next = await NextAsync() ?? throw new EndOfStreamException("The event stream has ended.");
        return JsonDocument.Parse(next.Data).RootElement;
    }

    public async ValueTask DisposeAsync()
    {
        Response.Dispose();
        await items.DisposeAsync();
    }
}
