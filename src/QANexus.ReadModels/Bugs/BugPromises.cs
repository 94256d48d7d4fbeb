using QANexus.Domain.Bugs;

namespace QANexus.ReadModels.Bugs;

/// <summary>What became of what was promised for bugs.</summary>
internal static class BugPromises
{
    /// <summary>How the promise of a bug ended; nothing while the bug is not resolved, or was never triaged.</summary>
    public static BugSla.Outcome? Outcome(this BugState bug) =>
        bug.Status is BugStatus.Resolved or BugStatus.Verified or BugStatus.Closed
        && bug is { Sla: { } sla, CreatedAt: { } created, ResolvedDate: { } resolved } ? sla.Resolved(created, resolved) : null;
}
