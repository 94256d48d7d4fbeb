using QANexus.Domain.Transitions;

namespace QANexus.Domain.Bugs;

/// <summary>The life of a bug.</summary>
public static class BugLife
{
    public static TransitionTable<BugStatus> Table { get; } = new(
        (BugStatus.Open, [BugStatus.Triaged, BugStatus.Deferred, BugStatus.Invalid]),
        (BugStatus.Triaged, [BugStatus.InProgress, BugStatus.Deferred, BugStatus.Invalid]),
        (BugStatus.InProgress, [BugStatus.Resolved, BugStatus.Deferred, BugStatus.Invalid]),
        (BugStatus.Resolved, [BugStatus.Verified, BugStatus.Invalid, BugStatus.Open]),
        (BugStatus.Verified, [BugStatus.Closed, BugStatus.Open]),
        (BugStatus.Closed, []),
        (BugStatus.Deferred, [BugStatus.Triaged, BugStatus.Open]),
        (BugStatus.Invalid, []));

    /// <summary>Whether work on it goes on or waits.</summary>
    public static bool IsActive(BugStatus status) =>
        status is BugStatus.Open or BugStatus.Triaged or BugStatus.InProgress or BugStatus.Resolved or BugStatus.Verified;

    /// <summary>Whether a release has to answer for it: active, and nobody has verified that it is gone.</summary>
    public static bool CountsAgainstRelease(BugStatus status) => IsActive(status) && status != BugStatus.Verified;

    /// <summary>How far it has come, in percent.</summary>
    public static int Progress(BugStatus status) => status switch
    {
        BugStatus.Triaged => 20,
        BugStatus.InProgress => 40,
        BugStatus.Resolved => 60,
        BugStatus.Verified => 80,
        BugStatus.Closed => 100,
        _ => 0,
    };
}
