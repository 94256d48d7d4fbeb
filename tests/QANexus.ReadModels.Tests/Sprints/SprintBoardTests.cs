using System.Text.Json;
using QANexus.Domain.Sprints;
using QANexus.ReadModels.Sprints;
using QANexus.ReadModels.Tests.Fixture;

namespace QANexus.ReadModels.Tests.Sprints;

public sealed class SprintBoardTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 2, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task The_board_has_lanes_counts_and_progress_and_the_burndown_is_made_of_what_happened()
    {
        await using var fixture = await ReadModelFixture.StartAsync();
        await fixture.DoAsync(
            "s1",
            PageSteps.Raised<SprintState>(
                "2026-11-01T10:00:00Z", new SprintCreated("One", 20, Start, Start.AddDays(5)),
                new ItemAddedToSprint("a", "A", 5, SprintItemPriority.High, SprintItemType.Feature, RqsScore: 80), new ItemAddedToSprint("b", "B", 8),
                new ItemAddedToSprint("c", "C", 7, SprintItemPriority.High, RqsScore: 71.2499m)),
            PageSteps.Raised<SprintState>("2026-11-02T09:00:00Z", new SprintStarted(3, 20)),
            PageSteps.Raised<SprintState>("2026-11-02T15:00:00Z", new ItemStatusChanged("a", SprintItemStatus.Todo, SprintItemStatus.Done, 5)),
            PageSteps.Raised<SprintState>("2026-11-03T15:00:00Z", new ItemStatusChanged("b", SprintItemStatus.Todo, SprintItemStatus.InTesting, 8)),
            PageSteps.Raised<SprintState>("2026-11-04T00:00:00Z", new ItemStatusChanged("c", SprintItemStatus.Todo, SprintItemStatus.Done, 7)),
            PageSteps.Raised<SprintState>("2026-11-04T12:00:00Z", new ItemStatusChanged("c", SprintItemStatus.Done, SprintItemStatus.InTesting, 7)));
        await fixture.DeliverAsync();

        var board = (await fixture.FindAsync(SprintBoard.Name, "Sprint:s1"))!.Value;
        Assert.Equal(
            ["BACKLOG 0 0", "TODO 0 0", "IN_PROGRESS 0 0", "CODE_REVIEW 0 0", "READY_FOR_QA 0 0", "IN_TESTING 2 15", "DONE 1 5"],
            board.GetProperty("lanes").EnumerateArray().Select(static lane => $"{lane.Text("status")} {lane.Text("count")} {lane.Text("storyPoints")}"));
        Assert.Equal(("""["b","c"]""", "33"), (board.GetProperty("lanes")[5].Text("itemIds"), board.Text("progress")));
        Assert.Equal(("""{"HIGH":2,"MEDIUM":1}""", """{"FEATURE":1,"TASK":2}"""), (board.Text("byPriority"), board.Text("byType")));
        Assert.Equal("75.62", board.Text("avgRqsScore"));
        Assert.Equal(["0 20 20", "1 16 15", "2 12 8", "3 8 15", "4 4 -", "5 0 -"], Points(board));
        Assert.Equal(("20", "15"), (board.GetProperty("burndown").Text("totalPoints"), board.GetProperty("burndown").Text("remaining")));

        // 2.5 days for 5 of 20 points: the other 15 take 7.5 more.
        Assert.Equal(Start.AddDays(10), board.GetProperty("burndown").GetProperty("projectedEnd").GetDateTimeOffset());
    }

    [Fact]
    public async Task What_happens_after_the_last_day_counts_to_it_and_a_sprint_without_dates_has_no_chart()
    {
        await using var fixture = await ReadModelFixture.StartAsync();
        await fixture.DoAsync(
            "s1",
            PageSteps.Raised<SprintState>("2026-11-01T10:00:00Z", new SprintCreated("One", 20, Start, Start.AddDays(2)), new ItemAddedToSprint("a", "A", 5), new SprintStarted()),
            PageSteps.Raised<SprintState>("2027-01-01T10:00:00Z", new ItemStatusChanged("a", SprintItemStatus.Todo, SprintItemStatus.Done, 5)));
        await fixture.DoAsync("s2", PageSteps.Raised<SprintState>("2026-11-01T10:00:00Z", new ItemAddedToSprint("a", "A", 5), new SprintStarted()));
        await fixture.DoAsync(
            "s3", PageSteps.Raised<SprintState>("2026-11-01T10:00:00Z", new SprintCreated("Long", 20, Start, Start.AddYears(900)), new ItemAddedToSprint("a", "A", 5), new SprintStarted()));
        await fixture.DeliverAsync();

        Assert.Equal(["0 5 5", "1 2.5 5", "2 0 0"], Points((await fixture.FindAsync(SprintBoard.Name, "Sprint:s1"))!.Value));
        foreach (var id in new[] { "Sprint:s2", "Sprint:s3" })
        {
            var burndown = (await fixture.FindAsync(SprintBoard.Name, id))!.Value.GetProperty("burndown");
            Assert.Equal(("5", "-"), (burndown.Text("remaining"), burndown.Text("points")));
        }
    }

    [Fact]
    public async Task Velocity_is_that_of_the_last_five_completed_sprints_in_the_order_of_their_ends()
    {
        await using var fixture = await ReadModelFixture.StartAsync();
        foreach (var (id, day, points) in ((string, int, long)[])[("s3", 3, 30), ("s1", 1, 100), ("s2", 2, 10), ("s4", 4, 20), ("s6", 6, 50), ("s5", 5, 40)])
        {
            await fixture.DoAsync(id, PageSteps.Raised<SprintState>($"2026-11-0{day}T10:00:00Z", new SprintCreated(id), new SprintCompleted(CompletedStoryPoints: points)));
        }

        await fixture.DoAsync("s7", PageSteps.Raised<SprintState>("2026-11-07T10:00:00Z", new SprintCreated("s7")));
        await fixture.DeliverAsync();

        var velocity = (await fixture.FindAsync(Velocity.Name, "tenant"))!.Value;
        Assert.Equal(["s1", "s2", "s3", "s4", "s5", "s6"], velocity.GetProperty("sprints").EnumerateArray().Select(static sprint => sprint.Text("name")));
        Assert.Equal("""{"average":30,"standardDeviation":14.14,"direction":"INCREASING","suggestedCapacity":30}""", velocity.Text("trend"));

        await fixture.RedactAsync("Sprint:s6", 2);
        await fixture.DeliverAsync();
        Assert.Equal(
            """{"average":40,"standardDeviation":31.62,"direction":"INCREASING","suggestedCapacity":40}""",
            (await fixture.FindAsync(Velocity.Name, "tenant"))!.Value.Text("trend"));
    }

    [Fact]
    public async Task A_completed_sprint_has_its_metrics_and_one_alone_goes_nowhere()
    {
        await using var fixture = await ReadModelFixture.StartAsync();
        await fixture.DoAsync(
            "s1",
            PageSteps.Raised<SprintState>(
                "2026-11-01T10:00:00Z", new SprintCreated("One", 20, Start, Start.AddDays(5)), new ItemAddedToSprint("a", "A", 5), new ItemAddedToSprint("b", "B", 8),
                new SprintStarted(2, 13), new ItemStatusChanged("a", SprintItemStatus.Todo, SprintItemStatus.Done, 5)),
            static state => state.Complete());
        await fixture.DeliverAsync();

        var velocity = (await fixture.FindAsync(Velocity.Name, "tenant"))!.Value;
        var metrics = Assert.Single(velocity.GetProperty("sprints").EnumerateArray());
        Assert.Equal(
            ("s1", "5", "13", "1", "2", "38"),
            (metrics.Text("id"), metrics.Text("completedPoints"), metrics.Text("totalPoints"), metrics.Text("completedItems"), metrics.Text("totalItems"),
             metrics.Text("completionPercentage")));
        Assert.Equal("""{"average":5,"standardDeviation":0,"direction":"STABLE","suggestedCapacity":5}""", velocity.Text("trend"));
    }

    private static IEnumerable<string> Points(JsonElement board) => board.GetProperty("burndown").GetProperty("points").EnumerateArray()
        .Select(static point => $"{point.Text("day")} {point.Text("ideal")} {point.Text("remaining")}");
}
