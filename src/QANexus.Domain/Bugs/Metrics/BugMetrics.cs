using System.Collections.Immutable;
using System.Globalization;
using QANexus.Domain.Releases.Confidence;

namespace QANexus.Domain.Bugs.Metrics;

/// <summary>The bugs that a release has to answer for.</summary>
/// <param name="Counts">By severity, with those of priority P0 and those that nobody has triaged.</param>
/// <param name="CriticalBugIds">The CRITICAL ones, by id.</param>
/// <param name="P0BugIds">Those of priority P0, by id; a bug can be in both lists.</param>
public sealed record BugMetrics(BugCounts Counts, ImmutableArray<string> CriticalBugIds, ImmutableArray<string> P0BugIds)
{
    /// <summary>Bugs each of which alone stops a release.</summary>
    public int BlockingBugCount => CriticalBugIds.Union(P0BugIds, StringComparer.Ordinal).Count();

    /// <summary>Whether there is one.</summary>
    public bool IsBlocked => Counts.HasBlocking;

    /// <summary>How many of which kind; nothing where nothing blocks.</summary>
    public string? BlockingReason => IsBlocked
        ? string.Create(CultureInfo.InvariantCulture, $"{Counts.Critical} CRITICAL and {Counts.P0} P0 bugs are open.")
        : null;

    /// <summary>Whether a bug of that severity stops releases, or else of that priority, or else any.</summary>
    public bool HasBlocking(BugSeverity? severity = null, BugPriority? priority = null) => (severity, priority) switch
    {
        (BugSeverity.Critical, _) => Counts.Critical > 0,
        (_, BugPriority.P0) => Counts.P0 > 0,
        (null, null) => IsBlocked,
        _ => false,
    };

    /// <param name="bugs">Every bug that there is.</param>
    public static BugMetrics Of(IEnumerable<(string Id, BugStatus Status, BugSeverity? Severity, BugPriority? Priority)> bugs)
    {
        var counting = bugs.Where(static bug => BugLife.CountsAgainstRelease(bug.Status)).ToList();
        ImmutableArray<string> critical = [.. counting.Where(static bug => bug.Severity == BugSeverity.Critical).Select(static bug => bug.Id).Order(StringComparer.Ordinal)];
        ImmutableArray<string> urgent = [.. counting.Where(static bug => bug.Priority == BugPriority.P0).Select(static bug => bug.Id).Order(StringComparer.Ordinal)];
        return new BugMetrics(
            new BugCounts(
                critical.Length, Count(BugSeverity.High), Count(BugSeverity.Medium), Count(BugSeverity.Low), urgent.Length,
                counting.Count(static bug => bug.Severity is null)),
            critical,
            urgent);

        int Count(BugSeverity severity) => counting.Count(bug => bug.Severity == severity);
    }
}
