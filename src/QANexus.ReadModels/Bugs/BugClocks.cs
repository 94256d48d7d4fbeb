using QANexus.Domain.Bugs;

namespace QANexus.ReadModels.Bugs;

/// <summary>The two promises for a bug.</summary>
/// <param name="RespondBy">By when somebody answers.</param>
/// <param name="Response">How that went.</param>
/// <param name="ResolveBy">By when it is resolved.</param>
/// <param name="Resolution">How that went.</param>
/// <param name="ElapsedHours">From creation to resolution, two decimals.</param>
internal sealed record BugClocks(DateTimeOffset RespondBy, ClockState Response, DateTimeOffset ResolveBy, ClockState Resolution, decimal? ElapsedHours)
{
    /// <param name="promised">What was promised.</param>
    /// <param name="respondedAt">When somebody answered.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="isLaidAside">Whether nobody works on the bug, because it is DEFERRED or INVALID.</param>
    public static BugClocks Of(BugSla promised, DateTimeOffset? respondedAt, BugSla.Outcome? outcome, bool isLaidAside) => new(
        promised.RespondBy,
        respondedAt is null ? isLaidAside ? ClockState.Stopped : ClockState.Running : respondedAt <= promised.RespondBy ? ClockState.Met : ClockState.Missed,
        promised.ResolveBy,
        outcome is null ? isLaidAside ? ClockState.Stopped : ClockState.Running : outcome.Met ? ClockState.Met : ClockState.Missed,
        outcome?.ElapsedHours);
}
