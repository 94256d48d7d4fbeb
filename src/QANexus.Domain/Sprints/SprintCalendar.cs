namespace QANexus.Domain.Sprints;

/// <summary>The time that a sprint takes.</summary>
public readonly record struct SprintCalendar(DateTimeOffset Start, DateTimeOffset End)
{
    public bool IsValid => Start < End;

    /// <summary>Days begun: one day and a millisecond are two.</summary>
    public int DurationInDays => (int)((End - Start).Ticks / TimeSpan.TicksPerDay) + ((End - Start).Ticks % TimeSpan.TicksPerDay > 0 ? 1 : 0);

    /// <summary>Both ends included.</summary>
    public bool IsOngoing(DateTimeOffset now) => Start <= now && now <= End;
}
