using System.Collections.Immutable;

namespace QANexus.ReadModels.Dashboard;

/// <summary>The test runs of a tenant or a release, and how their pass rate goes.</summary>
internal sealed record TestRunFigures
{
    /// <summary>Runs that are remembered.</summary>
    public const int MaxRuns = 20;

    public static TestRunFigures None { get; } = new();

    public int Total { get; init; }

    /// <summary>Those that came out of a report.</summary>
    public int Imported { get; init; }

    /// <summary>Those that were once completed with a result, given up since or not.</summary>
    public int WithResults { get; init; }

    /// <summary>Those that were completed and not cancelled since, the newest first.</summary>
    public ImmutableArray<CompletedRun> Newest { get; init; } = [];

    /// <summary>With a run in the place of what it was.</summary>
    public TestRunFigures Replace(string id, TestRunEntry? before, TestRunEntry? now)
    {
        var newest = Newest.Where(run => !string.Equals(run.Id, id, StringComparison.Ordinal));
        if (now is { CompletedAt: { } completedAt })
        {
            newest = newest.Append(new CompletedRun(id, completedAt, now.Passed, now.Failed, now.Blocked, now.Skipped, now.IsComplete));
        }

        return new TestRunFigures
        {
            Total = Total + One(now is not null) - One(before is not null),
            Imported = Imported + One(now is { IsImported: true }) - One(before is { IsImported: true }),
            WithResults = WithResults + One(now is { HadResults: true }) - One(before is { HadResults: true }),
            Newest = WithTrends([
                .. newest.OrderByDescending(static run => run.CompletedAt).ThenByDescending(static run => run.Id, StringComparer.Ordinal).Take(MaxRuns),
            ]),
        };

        static int One(bool counts) => counts ? 1 : 0;
    }

    private static ImmutableArray<CompletedRun> WithTrends(ImmutableArray<CompletedRun> runs) =>
        [.. runs.Select((run, place) => run with { Trend = place + 1 < runs.Length ? run.Rate.TrendSince(runs[place + 1].Rate) : null })];
}
