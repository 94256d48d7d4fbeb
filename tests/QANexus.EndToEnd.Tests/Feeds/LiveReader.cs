using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using QANexus.Testing.Feeds;

namespace QANexus.EndToEnd.Tests.Feeds;

/// <summary>
/// A client that follows a tenant over as many connections as it takes: it comes back after each that ends, and says how far it came.
/// </summary>
internal sealed class LiveReader : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ConcurrentQueue<JsonNode> received = new();
    private readonly CancellationTokenSource leaving = new();
    private readonly Func<Uri?> address;
    private readonly string path;
    private readonly Task reading;

    /// <param name="address">Where the API is now; null while it is nowhere.</param>
    /// <param name="tenant">Whom to follow.</param>
    public LiveReader(Func<Uri?> address, string tenant)
    {
        this.address = address;
        path = $"api/v1/tenants/{tenant}/feed?maxCount=5";
        reading = ReadAsync();
    }

    public IReadOnlyList<JsonNode> Received => [.. received];

    /// <summary>Times that it was connected.</summary>
    public int Connections { get; private set; }

    /// <summary>Waits until enough different events have come.</summary>
    public async Task HasAsync(int events)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (received.Select(Key).Distinct().Count() < events)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Patience, $"{received.Select(Key).Distinct().Count()} of {events} events came.");
            await Task.Delay(TimeSpan.FromMilliseconds(10));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await leaving.CancelAsync();
        await reading;
        leaving.Dispose();
    }

    private static string Key(JsonNode e) => e["eventId"]!.GetValue<string>();

    private async Task ReadAsync()
    {
        string? last = null;
        while (!leaving.IsCancellationRequested)
        {
            try
            {
                if (address() is { } now)
                {
                    last = await ReadConnectionAsync(now, last);
                }
            }
            catch (HttpRequestException)
            {
                // The host is between two lives.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10));
        }
    }

    private async Task<string?> ReadConnectionAsync(Uri now, string? last)
    {
        using var client = new HttpClient { BaseAddress = now };
        await using var stream = await EventStreamReader.OpenAsync(client, path, last);
        Connections++;
        await using var leave = leaving.Token.Register(() => stream.Response.Dispose());
        while (await stream.NextAsync() is { } e)
        {
            received.Enqueue(JsonNode.Parse(e.Data)!);
        }

        return stream.LastEventId.Length > 0 ? stream.LastEventId : last;
    }
}
