using System.Collections.Immutable;
using QANexus.Domain.Bugs;
using QANexus.Domain.Releases.Confidence;
using QANexus.Domain.Words;
using QANexus.ReadModels.Bugs;

namespace QANexus.ReadModels.Dashboard;

/// <summary>The bugs of a tenant or a release. Open is what a release has to answer for: OPEN, TRIAGED, IN_PROGRESS, RESOLVED.</summary>
internal sealed record BugFigures
{
    /// <summary>Blocking bugs that are named at most.</summary>
    public const int MaxBlocking = 100;

    public static BugFigures None { get; } = new();

    /// <summary>All there ever were; by the number of requirements it is the bug density.</summary>
    public int Total { get; init; }

    public int Open { get; init; }

    /// <summary>The open ones by severity; those without one apart.</summary>
    public BugCounts Counts { get; init; } = BugCounts.None;

    /// <summary>The open ones that are triaged, by priority.</summary>
    public ImmutableSortedDictionary<string, int> OpenByPriority { get; init => field = value.InOrder(); } = Tally.None;

    /// <summary>All by status.</summary>
    public ImmutableSortedDictionary<string, int> ByStatus { get; init => field = value.InOrder(); } = Tally.None;

    /// <summary>The open ones that are CRITICAL or P0.</summary>
    public int BlockingCount { get; init; }

    /// <summary>Some of these, by id.</summary>
    public ImmutableSortedDictionary<string, BlockingBug> Blocking { get; init => field = value.InOrder(); } = ImmutableSortedDictionary.Create<string, BlockingBug>(StringComparer.Ordinal);

    /// <summary>Of those that are resolved, verified or closed: in how many the resolution came in time.</summary>
    public int SlaMet { get; init; }

    /// <summary>And in how many it did not.</summary>
    public int SlaMissed { get; init; }

    /// <summary>With a bug more, or with one taken out again.</summary>
    public BugFigures Count(string id, BugState bug, int count)
    {
        var isOpen = BugLife.CountsAgainstRelease(bug.Status);
        var figures = this with { Total = Total + count, ByStatus = ByStatus.Count(Word.Of(bug.Status), count) };
        if (bug.Outcome() is { Met: var inTime })
        {
            figures = figures with { SlaMet = SlaMet + (inTime ? count : 0), SlaMissed = SlaMissed + (inTime ? 0 : count) };
        }

        return isOpen ? figures.CountOpen(id, bug, count) : figures;
    }

    private BugFigures CountOpen(string id, BugState bug, int count) => this with
    {
        Open = Open + count,
        Counts = new BugCounts(
            Counts.Critical + (bug.Severity == BugSeverity.Critical ? count : 0),
            Counts.High + (bug.Severity == BugSeverity.High ? count : 0),
            Counts.Medium + (bug.Severity == BugSeverity.Medium ? count : 0),
            Counts.Low + (bug.Severity == BugSeverity.Low ? count : 0),
            Counts.P0 + (bug.Priority == BugPriority.P0 ? count : 0),
            Counts.Untriaged + (bug.Severity is null ? count : 0)),
        OpenByPriority = bug.Priority is { } priority ? OpenByPriority.Count(Word.Of(priority), count) : OpenByPriority,
        BlockingCount = BlockingCount + (bug.BlocksRelease ? count : 0),
        Blocking = !bug.BlocksRelease ? Blocking
            : count < 0 ? Blocking.Remove(id)
            : Blocking.Count < MaxBlocking ? Blocking.SetItem(id, new BlockingBug(bug.Severity, bug.Priority))
            : Blocking,
    };
}

/// <summary>Why a bug stops a release.</summary>
internal sealed record BlockingBug(BugSeverity? Severity, BugPriority? Priority);
