using QANexus.Domain.Transitions;

namespace QANexus.Domain.Requirements;

/// <summary>The life of a requirement.</summary>
public static class RequirementLife
{
    /// <summary>Nothing is approved that waits for revision or has left for the backlog: it is published again first.</summary>
    public static TransitionTable<RequirementStatus> Table { get; } = new(
        (RequirementStatus.Draft, [RequirementStatus.Published, RequirementStatus.Ready, RequirementStatus.Approved, RequirementStatus.Backlogged, RequirementStatus.NeedsRevision]),
        (RequirementStatus.Published, [RequirementStatus.Ready, RequirementStatus.Approved, RequirementStatus.Backlogged, RequirementStatus.NeedsRevision]),
        (RequirementStatus.Ready, [RequirementStatus.Approved, RequirementStatus.Backlogged, RequirementStatus.NeedsRevision]),
        (RequirementStatus.Approved, [RequirementStatus.Backlogged, RequirementStatus.NeedsRevision, RequirementStatus.Completed]),
        (RequirementStatus.Backlogged, [RequirementStatus.NeedsRevision, RequirementStatus.Completed]),
        (RequirementStatus.NeedsRevision, [RequirementStatus.Published, RequirementStatus.Backlogged]),
        (RequirementStatus.Completed, []));

    /// <summary>Whether the analyser may score it: a score that an approval rests on is not replaced under it.</summary>
    public static bool CanBeAnalyzed(RequirementStatus status) => status is RequirementStatus.Draft or RequirementStatus.Published or RequirementStatus.Ready;

    /// <summary>Whether the text may change.</summary>
    public static bool CanBeEdited(RequirementStatus status) =>
        status is RequirementStatus.Draft or RequirementStatus.Published or RequirementStatus.Ready or RequirementStatus.NeedsRevision;

    /// <summary>Whether it counts as ready when a release is judged.</summary>
    public static bool CountsAsReady(RequirementStatus status) =>
        status is RequirementStatus.Ready or RequirementStatus.Approved or RequirementStatus.Backlogged or RequirementStatus.Completed;
}
