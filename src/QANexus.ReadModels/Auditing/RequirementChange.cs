namespace QANexus.ReadModels.Auditing;

/// <summary>A member of a requirement that somebody changed. Texts are cut to <see cref="MaxText"/> UTF-16 code units.</summary>
/// <param name="Version">The version of the event, which the entry in the audit trail has too.</param>
/// <param name="EventId">The event.</param>
/// <param name="At">When.</param>
/// <param name="By">Who, if known.</param>
/// <param name="Member">Which member, as requirements name it.</param>
/// <param name="Old">What it was, as far as that is known still.</param>
/// <param name="New">What it became.</param>
internal sealed record RequirementChange(long Version, string EventId, DateTimeOffset At, string? By, string Member, string? Old, string? New)
{
    public const int MaxText = 500;
}
