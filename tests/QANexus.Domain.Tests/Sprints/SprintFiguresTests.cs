using QANexus.Domain.Sprints;

namespace QANexus.Domain.Tests.Sprints;

public sealed class SprintFiguresTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_golden_loads_hold()
    {
        Assert.Equal((true, 0, 100), (new SprintLoad(20, 20).IsFull, new SprintLoad(20, 20).Remaining, new SprintLoad(20, 20).UsagePercent));
        Assert.True(new SprintLoad(15, 20).CanAdd(5));
        Assert.False(new SprintLoad(15, 20).CanAdd(6));
        Assert.Equal(13, new SprintLoad(1, 8).UsagePercent);
    }

    [Theory]
    [InlineData(19, CapacityAdvice.Raise)]
    [InlineData(20, CapacityAdvice.None)]
    [InlineData(100, CapacityAdvice.None)]
    [InlineData(101, CapacityAdvice.Limit)]
    public void Unusual_capacities_come_with_advice(int capacity, CapacityAdvice advice) => Assert.Equal(advice, SprintCapacity.Advise(capacity));

    [Theory]
    [InlineData(1, null)]
    [InlineData(1000, null)]
    [InlineData(0, "sprint.capacity.min")]
    [InlineData(1001, "sprint.capacity.max")]
    [InlineData(20.5, "sprint.capacity.not_integer")]
    public void A_capacity_is_a_whole_number_up_to_a_thousand(decimal capacity, string? rule) => Assert.Equal(rule, SprintCapacity.FindViolation(capacity)?.Rule);

    [Fact]
    public void A_day_begun_is_a_day()
    {
        Assert.Equal(14, new SprintCalendar(Start, Start.AddDays(14)).DurationInDays);
        Assert.Equal(2, new SprintCalendar(Start, Start.AddDays(1).AddMilliseconds(1)).DurationInDays);
        Assert.True(new SprintCalendar(Start, Start.AddDays(1)).IsOngoing(Start));
        Assert.True(new SprintCalendar(Start, Start.AddDays(1)).IsOngoing(Start.AddDays(1)));
        Assert.False(new SprintCalendar(Start, Start.AddDays(1)).IsOngoing(Start.AddDays(1).AddTicks(1)));
        Assert.False(new SprintCalendar(Start, Start).IsValid);
    }

    [Fact]
    public void A_burndown_shows_what_was_left_and_nothing_of_days_to_come()
    {
        var calendar = new SprintCalendar(Start, Start.AddDays(4));
        Burndown.Change[] changes = [new(Start.AddDays(2.5), -3), new(Start.AddHours(30), -5), new(Start.AddDays(1), 2)];

        var chart = Burndown.Chart(calendar, 20, changes, Start.AddDays(2.6));

        Assert.Equal([20, 15, 10, 5, 0], chart.Select(static point => point.Ideal));
        Assert.Equal([20, 22, 17, 14, null], chart.Select(static point => point.Remaining));
    }

    [Fact]
    public void The_end_is_projected_from_the_pace_so_far()
    {
        var calendar = new SprintCalendar(Start, Start.AddDays(14));

        Assert.Equal(Start.AddDays(10), Burndown.ProjectedEnd(calendar, 8, 12, Start.AddDays(4)));
        Assert.Null(Burndown.ProjectedEnd(calendar, 0, 20, Start.AddDays(4)));
        Assert.Null(Burndown.ProjectedEnd(calendar, 5, 5, Start));
    }

    [Fact]
    public void Velocity_is_the_mean_of_the_last_five_sprints()
    {
        var trend = VelocityTrend.Of([100, 2, 4, 4, 4, 5]);

        Assert.Equal(new VelocityTrend(3.8m, 0.98m, VelocityDirection.Increasing, 4), trend);
        Assert.Equal(new VelocityTrend(0, 0, VelocityDirection.Stable, null), VelocityTrend.Of([]));
        Assert.Equal(VelocityDirection.Decreasing, VelocityTrend.Of([5, 4]).Direction);
        Assert.Equal(1, VelocityTrend.Of([0]).SuggestedCapacity);
    }

    [Fact]
    public void A_plan_takes_the_highest_scores_that_fit_in_story_points()
    {
        SprintPlan.Candidate[] candidates =
        [
            new("low", SprintItemPriority.Low, SprintItemType.Bug, 1, 10),
            new("critical", SprintItemPriority.Critical, SprintItemType.Feature, 8, 100),
            new("large", SprintItemPriority.High, SprintItemType.Task, 13, 90),
            new("medium", SprintItemPriority.Medium, SprintItemType.Task, 5, null),
        ];

        var plan = SprintPlan.Fill(candidates, 14);

        Assert.Equal([("critical", 100), ("medium", 35), ("low", 24)], plan.Select(static choice => (choice.Candidate.Id, choice.Score)));
        Assert.Equal(["HIGH_PRIORITY", "HIGH_QUALITY", "FEATURE", "BLOCKS_RELEASE"], plan[0].Reasons);
        Assert.Equal(14, plan.Sum(static choice => choice.Candidate.StoryPoints));
    }
}
