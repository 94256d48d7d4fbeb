using QANexus.Domain.Arithmetic;

namespace QANexus.Domain.Bugs;

/// <summary>What was promised for a bug.</summary>
/// <param name="RespondBy">By when somebody answers: the triage and the hours of the severity.</param>
/// <param name="ResolveBy">By when it is resolved: the creation and the days of the priority.</param>
public sealed record BugSla(DateTimeOffset RespondBy, DateTimeOffset ResolveBy)
{
    /// <summary>How a promise ended.</summary>
    /// <param name="Met">Whether it was kept; the last moment counts.</param>
    /// <param name="ElapsedHours">From creation to resolution, two decimals.</param>
    public sealed record Outcome(bool Met, decimal ElapsedHours);

    public static BugSla Of(BugSeverity? severity, BugPriority? priority, DateTimeOffset createdAt, DateTimeOffset triagedAt) =>
        new(triagedAt + SeverityFacts.Of(severity).Response, createdAt + PriorityFacts.Of(priority).Resolution);

    public Outcome Resolved(DateTimeOffset createdAt, DateTimeOffset resolvedAt) =>
        new(resolvedAt <= ResolveBy, Rounded.HalfUp((decimal)(resolvedAt - createdAt).Ticks / TimeSpan.TicksPerHour, 2));
}
