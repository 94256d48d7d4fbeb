using QANexus.Domain.Transitions;

namespace QANexus.Domain.Sprints;

/// <summary>The life of a sprint.</summary>
public static class SprintLife
{
    public static TransitionTable<SprintStatus> Table { get; } = new(
        (SprintStatus.Planned, [SprintStatus.Active, SprintStatus.Cancelled]),
        (SprintStatus.Active, [SprintStatus.Completed, SprintStatus.Cancelled]),
        (SprintStatus.Completed, []),
        (SprintStatus.Cancelled, []));
}
