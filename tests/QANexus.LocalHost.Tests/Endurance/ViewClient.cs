using System.Diagnostics;
using System.Net;
using System.Text.Json;

namespace QANexus.LocalHost.Tests.Endurance;

/// <summary>Asks a host for its views and subscriptions until it answers, whatever goes wrong with it.</summary>
internal sealed class ViewClient(Uri address) : IDisposable
{
    private const int MaxAttempts = 600;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly HttpClient client = new() { BaseAddress = address };

    public async Task<IReadOnlyList<string>> StreamsOfAsync(string tenant) => [.. (await ListAsync($"{Views(tenant)}/stream-list?maxCount=1000")).Select(
        static document => HistoryFold.Describe(
            document.GetProperty("id").GetString()!,
            document.GetProperty("data").GetProperty("version").GetInt64(),
            document.GetProperty("data").GetProperty("firstAt").GetDateTimeOffset(),
            document.GetProperty("data").GetProperty("lastAt").GetDateTimeOffset()))];

    public async Task<IReadOnlyList<string>> ActivityOfAsync(string tenant) => [.. (await ListAsync($"{Views(tenant)}/activity?maxCount=1000"))
        .SelectMany(static document => document.GetProperty("data").GetProperty("types").EnumerateObject()
            .Select(type => $"{document.GetProperty("id").GetString()} {type.Name} {type.Value}"))
        .Order(StringComparer.Ordinal)];

    public async Task<IReadOnlyList<string>> AuditTrailOfAsync(string tenant) => [.. (await ListAsync($"{Views(tenant)}/audit-trail?maxCount=1000"))
        .Select(static document => document.GetProperty("data")).Select(static entry => (
            Stream: $"{entry.GetProperty("aggregateType").GetString()}:{entry.GetProperty("aggregateId").GetString()}",
            Version: entry.GetProperty("version").GetInt64(), Entry: entry))
        .OrderBy(static entry => entry.Stream, StringComparer.Ordinal).ThenBy(static entry => entry.Version)
        .Select(static entry => HistoryFold.Describe(
            entry.Stream, entry.Version, entry.Entry.GetProperty("eventId").GetString()!, entry.Entry.GetProperty("type").GetString()!,
            entry.Entry.GetProperty("occurredAt").GetDateTimeOffset(), Text(entry.Entry, "correlationId"), Text(entry.Entry, "source")))];

    public async Task<IReadOnlyList<string>> MailboxOfAsync(string tenant) => [.. (await ListAsync($"{Views(tenant)}/{Mailbox.View}?maxCount=1000"))
        .Select(static letter => (Id: letter.GetProperty("id").GetString()!, Data: letter.GetProperty("data")))
        .Select(static letter => (Stream: letter.Id[..letter.Id.LastIndexOf(':')], Version: long.Parse(
            letter.Id[(letter.Id.LastIndexOf(':') + 1)..], System.Globalization.CultureInfo.InvariantCulture), letter.Data))
        .OrderBy(static letter => letter.Stream, StringComparer.Ordinal).ThenBy(static letter => letter.Version)
        .Select(static letter => HistoryFold.DescribeLetter(
            letter.Stream, letter.Version, letter.Data.GetProperty("eventId").GetString()!, letter.Data.GetProperty("type").GetString()!))];

    public Task<IReadOnlyList<JsonElement>> ParkedAsync(string tenant, string subscription) =>
        ListAsync($"/api/v1/tenants/{tenant}/subscriptions/{subscription}/parked");

    public async Task<IReadOnlyList<JsonElement>> ListAsync(string route)
    {
        var found = new List<JsonElement>();
        for (var next = route; next is not null;)
        {
            var page = await SendAsync(HttpMethod.Get, next);
            found.AddRange(page.GetProperty("value").EnumerateArray());
            next = page.TryGetProperty("nextLink", out var link) ? link.GetString() : null;
        }

        return found;
    }

    public async Task<JsonElement> SendAsync(HttpMethod method, string route)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var request = new HttpRequestMessage(method, route);
                using var response = await client.SendAsync(request);
                if (response.IsSuccessStatusCode)
                {
                    using var json = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
                    return json.RootElement.Clone();
                }

                if (response.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable) || attempt == MaxAttempts)
                {
                    throw new InvalidOperationException($"{method} {route}: {response.StatusCode} {await response.Content.ReadAsStringAsync()}");
                }
            }
            catch (Exception unanswered) when (unanswered is HttpRequestException or IOException && attempt < MaxAttempts)
            {
                // Nobody is there, or nobody any more.
            }

            await Task.Delay(Pause);
        }
    }

    /// <summary>Looks until it is as expected, as long as that may take on a busy machine, and says then what is not.</summary>
    public static async Task AssertBecomesAsync(IReadOnlyList<string> expected, Func<Task<IReadOnlyList<string>>> look, TimeSpan patience)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var looking = Stopwatch.GetTimestamp();
            var found = await look();
            if (found.SequenceEqual(expected, StringComparer.Ordinal))
            {
                return;
            }

            if (Stopwatch.GetElapsedTime(started) > patience)
            {
                Assert.Equal(expected, found);
            }

            // Who looks must not be in the way of what it waits for.
            await Task.Delay(Pause + (2 * Stopwatch.GetElapsedTime(looking)));
        }
    }

    public void Dispose() => client.Dispose();

    private static string Views(string tenant) => $"/api/v1/tenants/{tenant}/views";

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;
}
