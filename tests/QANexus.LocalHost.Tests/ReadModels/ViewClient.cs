using System.Text.Json;

namespace QANexus.LocalHost.Tests.ReadModels;

/// <summary>Reads views and subscriptions over HTTP.</summary>
internal sealed class ViewClient(Uri address) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly HttpClient client = new() { BaseAddress = address };

    public async Task<IReadOnlyList<string>> StreamsOfAsync(string tenant) => [.. (await ListAsync($"/api/v1/tenants/{tenant}/views/stream-list")).Select(
        static document => HistoryFold.Describe(
            document.GetProperty("id").GetString()!,
            document.GetProperty("data").GetProperty("version").GetInt64(),
            document.GetProperty("data").GetProperty("firstAt").GetDateTimeOffset(),
            document.GetProperty("data").GetProperty("lastAt").GetDateTimeOffset()))];

    public async Task<IReadOnlyList<string>> ActivityOfAsync(string tenant) => [.. (await ListAsync($"/api/v1/tenants/{tenant}/views/activity"))
        .SelectMany(static document => document.GetProperty("data").GetProperty("types").EnumerateObject()
            .Select(type => $"{document.GetProperty("id").GetString()} {type.Name} {type.Value}"))
        .Order(StringComparer.Ordinal)];

    public async Task<IReadOnlyList<JsonElement>> ListAsync(string route)
    {
        var found = new List<JsonElement>();
        for (var next = route; next is not null;)
        {
            var page = await GetAsync(next);
            found.AddRange(page.GetProperty("value").EnumerateArray());
            next = page.TryGetProperty("nextLink", out var link) ? link.GetString() : null;
        }

        return found;
    }

    /// <summary>Asks until it is answered: faults hit these requests too.</summary>
    public async Task<JsonElement> GetAsync(string route)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var response = await client.GetAsync(route);
            if (response.IsSuccessStatusCode || attempt == 50)
            {
                response.EnsureSuccessStatusCode();
                using var json = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
                return json.RootElement.Clone();
            }

            await Task.Delay(Pause);
        }
    }

    public Task<HttpResponseMessage> PostAsync(string route, string? json = null) => client.PostAsync(
        route, json is null ? null : new StringContent(json, System.Text.Encoding.UTF8, "application/json"));

    /// <summary>Waits until something holds, as long as it may take on a busy machine; the assertion after it says what did not.</summary>
    public static async Task UntilAsync(Func<Task<bool>> holds, TimeSpan patience)
    {
        using var limit = new CancellationTokenSource(patience);
        while (!limit.IsCancellationRequested && !await holds())
        {
            await Task.Delay(Pause);
        }
    }

    public void Dispose() => client.Dispose();
}
