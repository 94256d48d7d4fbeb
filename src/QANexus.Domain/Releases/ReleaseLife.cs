using QANexus.Domain.Transitions;

namespace QANexus.Domain.Releases;

/// <summary>The life of a release.</summary>
public static class ReleaseLife
{
    public static TransitionTable<ReleaseStatus> Table { get; } = new(
        (ReleaseStatus.Planned, [ReleaseStatus.Active, ReleaseStatus.Blocked, ReleaseStatus.Aborted]),
        (ReleaseStatus.Active, [ReleaseStatus.Frozen, ReleaseStatus.Blocked, ReleaseStatus.Aborted]),
        (ReleaseStatus.Frozen, [ReleaseStatus.Released, ReleaseStatus.Blocked, ReleaseStatus.Aborted]),
        (ReleaseStatus.Released, []),
        (ReleaseStatus.Blocked, [ReleaseStatus.Active, ReleaseStatus.Aborted]),
        (ReleaseStatus.Aborted, []));

    public static bool IsInProgress(ReleaseStatus status) => !Table.IsTerminal(status);
}
