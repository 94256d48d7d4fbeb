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
    public static BugClocks Of(BugSla promised, DateTimeOffset? respondedAt, BugSla.Outcome? outcome) => new(
        promised.RespondBy,
        respondedAt is null ? ClockState.Running : respondedAt <= promised.RespondBy ? ClockState.Met : ClockState.Missed,
        promised.ResolveBy,
        outcome is null ? ClockState.Running : outcome.Met ? ClockState.Met : ClockState.Missed,
        outcome?.ElapsedHours);
}
