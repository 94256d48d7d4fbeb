using System.Globalization;
using System.Text.Json;

namespace QANexus.LocalHost.Tests.Endurance;

/// <summary>What the views of a part of the customer's history must hold, computed straight from the file by code that shares nothing with them.</summary>
internal sealed class HistoryFold
{
    private readonly Dictionary<(string Tenant, string Stream), (long Version, DateTimeOffset First, DateTimeOffset Last)> streams = [];
    private readonly Dictionary<(string Tenant, string Day, string Type), long> activity = [];
    private readonly List<Entry> entries = [];

    public IReadOnlyList<string> Tenants => [.. streams.Keys.Select(static key => key.Tenant).Distinct().Order(StringComparer.Ordinal)];

    public int Events => entries.Count;

    public int Streams => streams.Count;

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
    public IReadOnlyList<string> StreamsOf(string tenant) => [.. streams.Where(pair => pair.Key.Tenant == tenant)
        .OrderBy(static pair => pair.Key.Stream, StringComparer.Ordinal)
        .Select(static pair => Describe(pair.Key.Stream, pair.Value.Version, pair.Value.First, pair.Value.Last))];

    /// <summary><c>{day} {type} {count}</c>, by day and type.</summary>
    public IReadOnlyList<string> ActivityOf(string tenant) => [.. activity.Where(pair => pair.Key.Tenant == tenant)
        .Select(static pair => $"{pair.Key.Day} {pair.Key.Type} {pair.Value}").Order(StringComparer.Ordinal)];

    /// <summary>An entry an event, by stream and version.</summary>
    public IReadOnlyList<string> AuditTrailOf(string tenant) => [.. EntriesOf(tenant).Select(static entry => Describe(
        entry.Stream, entry.Version, entry.EventId, entry.Type, entry.OccurredAt, entry.CorrelationId, entry.Source))];

    /// <summary>A letter an event, by stream and version; of a stream with poison those before it.</summary>
    public IReadOnlyList<string> MailboxOf(string tenant, IReadOnlySet<string> poison)
    {
        var stopped = FirstPoison(tenant, poison).ToDictionary(static entry => entry.Stream, static entry => entry.Version, StringComparer.Ordinal);
        return [.. EntriesOf(tenant).Where(entry => entry.Version < stopped.GetValueOrDefault(entry.Stream, long.MaxValue))
            .Select(static entry => DescribeLetter(entry.Stream, entry.Version, entry.EventId, entry.Type))];
    }

    /// <summary><c>{stream} {event id} {type}</c>: of each stream with poison the first of it, by stream.</summary>
    public IReadOnlyList<string> ParkedOf(string tenant, IReadOnlySet<string> poison) =>
        [.. FirstPoison(tenant, poison).Select(static entry => $"{entry.Stream} {entry.EventId} {entry.Type}").Order(StringComparer.Ordinal)];

    public static string Describe(string stream, long version, DateTimeOffset first, DateTimeOffset last) =>
        string.Create(CultureInfo.InvariantCulture, $"{stream} {version} {first.UtcDateTime:O} {last.UtcDateTime:O}");

    public static string Describe(string stream, long version, string id, string type, DateTimeOffset occurredAt, string? correlationId, string? source) =>
        string.Create(CultureInfo.InvariantCulture, $"{stream} {version} {id} {type} {occurredAt.UtcDateTime:O} {correlationId} {source}");

    public static string DescribeLetter(string stream, long version, string id, string type) =>
        string.Create(CultureInfo.InvariantCulture, $"{stream} {version} {id} {type}");

    private IEnumerable<Entry> EntriesOf(string tenant) => entries.Where(entry => entry.Tenant == tenant)
        .OrderBy(static entry => entry.Stream, StringComparer.Ordinal).ThenBy(static entry => entry.Version);

    private IEnumerable<Entry> FirstPoison(string tenant, IReadOnlySet<string> poison) => EntriesOf(tenant)
        .Where(entry => poison.Contains(entry.EventId)).DistinctBy(static entry => entry.Stream);

    private void Add(JsonElement append)
    {
        var tenant = append.GetProperty("tenantId").GetString()!;
        var stream = $"{append.GetProperty("aggregateType")}:{append.GetProperty("aggregateId")}";
        var metadata = append.GetProperty("metadata");
        foreach (var e in append.GetProperty("events").EnumerateArray())
        {
            var at = DateTimeOffset.Parse(e.GetProperty("occurredAt").GetString()!, CultureInfo.InvariantCulture);
            var type = e.GetProperty("type").GetString()!;
            var known = streams.GetValueOrDefault((tenant, stream), (0, at, at));
            streams[(tenant, stream)] = (known.Item1 + 1, at < known.Item2 ? at : known.Item2, at > known.Item3 ? at : known.Item3);
            var day = (tenant, at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), type);
            activity[day] = activity.GetValueOrDefault(day) + 1;
            entries.Add(new Entry(
                tenant, stream, known.Item1 + 1, e.GetProperty("eventId").GetString()!, type, at, Text(metadata, "correlationId"), Text(metadata, "source")));
        }
    }

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;

    private sealed record Entry(
        string Tenant, string Stream, long Version, string EventId, string Type, DateTimeOffset OccurredAt, string? CorrelationId, string? Source);
}
