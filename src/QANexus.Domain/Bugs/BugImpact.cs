using QANexus.Domain.Arithmetic;

namespace QANexus.Domain.Bugs;

/// <summary>How much a bug matters, 0-100.</summary>
public static class BugImpact
{
    public static int Score(BugSeverity? severity, BugPriority? priority, BugStatus status) => (int)Rounded.HalfUp(
        (SeverityFacts.Of(severity).Weight * 0.5m) + (PriorityFacts.Of(priority).Weight * 0.3m) + (status == BugStatus.Closed ? 0 : 20));

    /// <summary>Whether this bug alone stops a release.</summary>
    public static bool BlocksRelease(BugSeverity? severity, BugPriority? priority, BugStatus status) =>
        BugLife.CountsAgainstRelease(status) && (SeverityFacts.Of(severity).BlocksRelease || PriorityFacts.Of(priority).BlocksRelease);
}
