using System.Globalization;
using System.Text.Json;

namespace QANexus.LocalHost.Tests.ReadModels;

/// <summary>What the views of a part of the customer's history must hold, computed straight from the file.</summary>
internal sealed class HistoryFold
{
    private readonly Dictionary<(string Tenant, string Stream), (long Version, DateTimeOffset First, DateTimeOffset Last)> streams = [];
    private readonly SortedDictionary<(string Tenant, string Day, string Type), long> activity = [];

    public IEnumerable<string> Tenants => streams.Keys.Select(static key => key.Tenant).Distinct().Order(StringComparer.Ordinal);

    public long Events { get; private set; }

    public static HistoryFold Of(IEnumerable<string> lines)
    {
        var fold = new HistoryFold();
        foreach (var line in lines)
        {
            using var append = JsonDocument.Parse(line);
            fold.Add(append.RootElement);
        }

        return fold;
    }

    /// <summary><c>{stream} {version} {first} {last}</c>, by stream.</summary>
    public IEnumerable<string> StreamsOf(string tenant) => streams.Where(pair => pair.Key.Tenant == tenant)
        .OrderBy(static pair => pair.Key.Stream, StringComparer.Ordinal)
        .Select(static pair => Describe(pair.Key.Stream, pair.Value.Version, pair.Value.First, pair.Value.Last));

    /// <summary><c>{day} {type} {count}</c>, by day and type.</summary>
    public IEnumerable<string> ActivityOf(string tenant) => activity.Where(pair => pair.Key.Tenant == tenant)
        .Select(static pair => $"{pair.Key.Day} {pair.Key.Type} {pair.Value}").Order(StringComparer.Ordinal);

    public static string Describe(string stream, long version, DateTimeOffset first, DateTimeOffset last) =>
        string.Create(CultureInfo.InvariantCulture, $"{stream} {version} {first.UtcDateTime:O} {last.UtcDateTime:O}");

    private void Add(JsonElement append)
    {
        var tenant = append.GetProperty("tenantId").GetString()!;
        var stream = $"{append.GetProperty("aggregateType")}:{append.GetProperty("aggregateId")}";
        foreach (var e in append.GetProperty("events").EnumerateArray())
        {
            var at = DateTimeOffset.Parse(e.GetProperty("occurredAt").GetString()!, CultureInfo.InvariantCulture);
            var known = streams.GetValueOrDefault((tenant, stream), (0, at, at));
            streams[(tenant, stream)] = (known.Item1 + 1, at < known.Item2 ? at : known.Item2, at > known.Item3 ? at : known.Item3);
            var day = (tenant, at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), e.GetProperty("type").GetString()!);
            activity[day] = activity.GetValueOrDefault(day) + 1;
            Events++;
        }
    }
}
