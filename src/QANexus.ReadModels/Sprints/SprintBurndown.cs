using System.Collections.Immutable;
using QANexus.Domain.Sprints;

namespace QANexus.ReadModels.Sprints;

/// <summary>What is left in a sprint, by what really happened in it.</summary>
/// <param name="TotalPoints">What was left when it began: day 0.</param>
/// <param name="Remaining">What is left now.</param>
/// <param name="ByDay">What changed on each day of the sprint; what happened before day 1 or after the last one counts to these.</param>
/// <param name="Through">When the last thing happened: what is left at the end of later days is not known yet.</param>
internal sealed record SprintBurndown(long TotalPoints, long Remaining, ImmutableSortedDictionary<int, long> ByDay, DateTimeOffset Through)
{
    /// <summary>A chart of a longer sprint would be no chart.</summary>
    public const int MaxDays = 366;

    /// <summary>From day 0 to the last one; nothing where the sprint has no dates, or more than <see cref="MaxDays"/> days.</summary>
    public ImmutableArray<Burndown.Point>? Points { get; init; }

    /// <summary>When the rest would be done at the pace so far; unknown before anything is done, or without dates.</summary>
    public DateTimeOffset? ProjectedEnd { get; init; }

    public static SprintBurndown Begin(SprintState sprint, DateTimeOffset at)
    {
        var left = sprint.TotalStoryPoints - sprint.CompletedStoryPoints;
        return new SprintBurndown(left, left, ImmutableSortedDictionary<int, long>.Empty, at).Charted(sprint);
    }

    /// <summary>After something happened to the sprint.</summary>
    public SprintBurndown After(SprintState sprint, DateTimeOffset at)
    {
        var left = sprint.TotalStoryPoints - sprint.CompletedStoryPoints;
        var day = CalendarOf(sprint) is { } calendar ? Math.Clamp(new SprintCalendar(calendar.Start, at).DurationInDays, 1, calendar.DurationInDays) : 1;
        return (this with
        {
            Remaining = left,
            ByDay = left == Remaining ? ByDay : ByDay.SetItem(day, ByDay.GetValueOrDefault(day) + left - Remaining),
            Through = at > Through ? at : Through,
        }).Charted(sprint);
    }

    private static SprintCalendar? CalendarOf(SprintState sprint) =>
        sprint is { StartDate: { } start, EndDate: { } end } && new SprintCalendar(start, end) is { IsValid: true, DurationInDays: <= MaxDays } calendar ? calendar : null;

    private SprintBurndown Charted(SprintState sprint) => CalendarOf(sprint) is not { } calendar ? this : this with
    {
        Points = [.. Burndown.Chart(calendar, TotalPoints, ByDay.Select(day => new Burndown.Change(calendar.Start.AddDays(day.Key), day.Value)), Through)],
        ProjectedEnd = Burndown.ProjectedEnd(calendar, TotalPoints - Remaining, Remaining, Through),
    };
}
