using System.Globalization;
using System.Text.Json;
using QANexus.LocalHost.Tests.History;

namespace QANexus.LocalHost.Tests.Endurance;

/// <summary>
/// Everything that chance decides, from one seed: which events are poison, what goes wrong in each life of the host, and how long each life is. What the
/// processes make of it is up to them.
/// </summary>
internal sealed class EndurancePlan
{
    private const string AppendsVariable = "QANEXUS_ENDURANCE_APPENDS";
    private const string SeedVariable = "QANEXUS_ENDURANCE_SEED";
    private const int DefaultAppends = 300;
    private const int OneInAThousand = 1_000;
    private const int LeastPoison = 3;

    private readonly Random lives;

    private EndurancePlan(int seed, IReadOnlyList<string> lines, IReadOnlySet<string> poison)
    {
        (Seed, Lines, Poison) = (seed, lines, poison);
        lives = new Random(seed);
    }

    public int Seed { get; }

    /// <summary>Append requests in the order of the file.</summary>
    public IReadOnlyList<string> Lines { get; }

    /// <summary>Ids of the events that are poison.</summary>
    public IReadOnlySet<string> Poison { get; }

    public static async Task<EndurancePlan> ReadAsync()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable(SeedVariable), CultureInfo.InvariantCulture, out var given) ? given : Random.Shared.Next();
        var all = await File.ReadAllLinesAsync(HistoryFile.Path!);
        var lines = Environment.GetEnvironmentVariable(AppendsVariable) switch
        {
            "all" => all,
            { Length: > 0 } number => Beginning(all, int.Parse(number, CultureInfo.InvariantCulture)),
            _ => Beginning(all, DefaultAppends),
        };
        var events = lines.SelectMany(EventIdsOf).ToArray();
        new Random(seed).Shuffle(events);
        return new EndurancePlan(seed, lines, events.Take(Math.Max(LeastPoison, events.Length / OneInAThousand)).ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>What goes wrong in a life of the host, one request in five: as arguments of the host.</summary>
    public IEnumerable<string> FaultsOf(int life)
    {
        var faults = new[]
        {
            "429 retryAfter=2ms probability=0.06", "449 probability=0.03", "503 probability=0.03", "CutConnection probability=0.04",
            "LostResponse probability=0.04", "DuplicateFeed probability=0.2", "ReorderedFeed probability=0.5", "LateFeed pages=2 probability=0.05",
        };
        return faults.SelectMany((fault, index) => (string[])["--fault", string.Create(CultureInfo.InvariantCulture, $"{fault} seed={unchecked(Seed + (100 * life) + index)}")]);
    }

    /// <summary>How long the host lives until it is killed, from when it says that it runs.</summary>
    public TimeSpan NextLife() => TimeSpan.FromSeconds(3 + (5 * lives.NextDouble()));

    /// <summary>As many lines of each tenant from its first on, so that every stream is there from its beginning.</summary>
    private static IReadOnlyList<string> Beginning(IReadOnlyList<string> all, int count)
    {
        var tenants = all.Select((line, index) => (Line: line, Index: index, Tenant: TenantOf(line))).GroupBy(static line => line.Tenant).ToList();
        return [.. tenants.SelectMany(tenant => tenant.Take(Math.Max(1, count / tenants.Count))).OrderBy(static line => line.Index).Select(static line => line.Line)];
    }

    private static string TenantOf(string line)
    {
        using var append = JsonDocument.Parse(line);
        return append.RootElement.GetProperty("tenantId").GetString()!;
    }

    private static IEnumerable<string> EventIdsOf(string line)
    {
        using var append = JsonDocument.Parse(line);
        return [.. append.RootElement.GetProperty("events").EnumerateArray().Select(static e => e.GetProperty("eventId").GetString()!)];
    }
}
