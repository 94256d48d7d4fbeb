using QANexus.Domain.Arithmetic;

namespace QANexus.Domain.Sprints;

/// <summary>How much is left, day by day, against the line from everything to nothing.</summary>
public static class Burndown
{
    /// <summary>One day of the chart.</summary>
    /// <param name="Day">0 is the day of the start.</param>
    /// <param name="At">The end of that day; for day 0 the start.</param>
    /// <param name="Ideal">Points left on the straight line.</param>
    /// <param name="Remaining">Points left in truth; nothing for days to come.</param>
    public sealed record Point(int Day, DateTimeOffset At, decimal Ideal, long? Remaining);

    /// <summary>Points that came into the sprint, left it or were done.</summary>
    /// <param name="At">When.</param>
    /// <param name="Points">Negative for what was done or taken out, positive for what was added or taken up again.</param>
    public sealed record Change(DateTimeOffset At, long Points);

    /// <summary>The straight line.</summary>
    public static decimal Ideal(long totalPoints, int days, int day) => days <= 0 ? 0 : Rounded.HalfUp(totalPoints - ((decimal)totalPoints * Math.Clamp(day, 0, days) / days), 2);

    /// <summary>The chart from day 0 to the last: every day that has begun shows what was really left at its end, or is left now.</summary>
    public static IReadOnlyList<Point> Chart(SprintCalendar calendar, long totalPoints, IEnumerable<Change> changes, DateTimeOffset now)
    {
        var days = calendar.DurationInDays;
        var inOrder = changes.OrderBy(static change => change.At).ToList();
        return
        [
            .. Enumerable.Range(0, days + 1).Select(day =>
            {
                var at = calendar.Start.AddDays(day);
                var begun = day == 0 ? calendar.Start : at.AddDays(-1);
                long? remaining = day == 0 ? totalPoints
                    : begun > now ? null
                    : totalPoints + inOrder.Where(change => change.At <= at).Sum(static change => change.Points);
                return new Point(day, at, Ideal(totalPoints, days, day), remaining);
            }),
        ];
    }

    /// <summary>When the rest will be done at the pace so far; unknown before anything is done.</summary>
    public static DateTimeOffset? ProjectedEnd(SprintCalendar calendar, long completedPoints, long remainingPoints, DateTimeOffset now)
    {
        var passed = (decimal)(now - calendar.Start).Ticks / TimeSpan.TicksPerDay;
        if (completedPoints <= 0 || passed <= 0)
        {
            return null;
        }

        var days = remainingPoints * passed / completedPoints;
        return days > 36_500 ? null : now.AddTicks((long)(days * TimeSpan.TicksPerDay));
    }
}
