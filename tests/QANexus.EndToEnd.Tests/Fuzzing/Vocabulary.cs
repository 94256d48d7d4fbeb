using System.Collections.Concurrent;
using System.Text.Json;

namespace QANexus.EndToEnd.Tests.Fuzzing;

/// <summary>The words that the host under test knows: few, so that requests meet, and those that its answers gave back.</summary>
internal sealed class Vocabulary
{
    private const int Kept = 64;

    private readonly ConcurrentDictionary<string, string[]> learnt = new(StringComparer.Ordinal);

    public required IReadOnlyList<string> Views { get; init; }

    public required IReadOnlyList<string> Subscriptions { get; init; }

    /// <summary>Types with the JSON schema of their data, if they have one.</summary>
    public required IReadOnlyList<(string Type, JsonElement? Schema)> EventTypes { get; init; }

    public static async Task<Vocabulary> LoadAsync(Uri host, IReadOnlyList<string> views)
    {
        using var client = new HttpClient { BaseAddress = new Uri(host, "/api/v1/") };
        var types = JsonDocument.Parse(await client.GetStringAsync("schemas")).RootElement.GetProperty("value").EnumerateArray();
        var subscriptions = JsonDocument.Parse(await client.GetStringAsync("tenants/fuzz-a/subscriptions")).RootElement.GetProperty("value").EnumerateArray();
        return new Vocabulary
        {
            Views = views,
            Subscriptions = [.. subscriptions.Select(static one => one.GetProperty("name").GetString()!)],
            EventTypes =
            [
                ("Fuzzed", null),
                .. types.Select(static type =>
                    (type.GetProperty("type").GetString()!, type.TryGetProperty("schema", out var schema) ? schema : (JsonElement?)null)),
            ],
        };
    }

    /// <summary>Keeps a value that an answer gave, to be sent back later.</summary>
    public void Learn(string kind, string value, Random random)
    {
        var values = learnt.GetOrAdd(kind, static _ => new string[Kept]);
        values[random.Next(Kept)] = value;
    }

    public string? Recall(string kind, Random random) => learnt.TryGetValue(kind, out var values) ? values[random.Next(Kept)] : null;
}
