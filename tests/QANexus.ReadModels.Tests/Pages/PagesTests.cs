using QANexus.Domain.Bugs;
using QANexus.Domain.Requirements;
using QANexus.Domain.Sprints;
using QANexus.Domain.TestRuns;
using QANexus.ReadModels.Tests.Fixture;

namespace QANexus.ReadModels.Tests.Pages;

public sealed class PagesTests
{
    private const string Secret = "Jane Doe";

    [Fact]
    public async Task Views_are_the_same_however_the_feed_is_cut_when_they_are_rebuilt_and_without_what_was_redacted()
    {
        await using var fixture = await ReadModelFixture.StartAsync();
        await PlayAsync(fixture);
        await DeliverAsync(fixture, pageSize: 1);
        var piecemeal = await AllAsync(fixture);
        Assert.Equal(PageSteps.All.Count, piecemeal.Select(static text => text.Split(' ')[0]).Distinct().Count());
        Assert.Contains(piecemeal, static text => text.Contains(Secret, StringComparison.Ordinal));

        fixture.Start();
        await DeliverAsync(fixture, pageSize: 3);
        await RebuildAsync(fixture);
        Assert.Equal(piecemeal, await AllAsync(fixture));

        foreach (var (stream, version) in ((string, long)[])[("Requirement:r1", 1), ("Requirement:r1", 2), ("Bug:b1", 1), ("Sprint:s1", 1), ("Sprint:s1", 2), ("TestRun:t1", 3)])
        {
            await fixture.RedactAsync(stream, version);
        }

        await DeliverAsync(fixture, pageSize: 2);
        var redacted = await AllAsync(fixture);
        Assert.DoesNotContain(redacted, static text => text.Contains(Secret, StringComparison.Ordinal));
        await RebuildAsync(fixture);
        Assert.Equal(redacted, await AllAsync(fixture));
        await fixture.AssertNothingParkedAsync();
    }

    /// <summary>To the views alone: what reactions would append is no part of this.</summary>
    private static async Task DeliverAsync(ReadModelFixture fixture, int pageSize)
    {
        foreach (var page in await fixture.ReadFeedAsync(pageSize))
        {
            await Views.ProjectionTests.DeliverAsync(fixture, page);
        }
    }

    private static async Task PlayAsync(ReadModelFixture fixture)
    {
        await fixture.DoAsync("r1", PageSteps.Raised<RequirementState>(
            "2026-11-01T10:00:00Z",
            new RequirementCreated($"By {Secret}", "Text"),
            new RequirementUpdated(new RequirementChanges(Title: $"For {Secret}")),
            new RequirementAnalyzed(90, 90, 90, 90, 90),
            new RequirementApproved("pm"),
            new TasksGenerated([new RequirementTask("task~0", "Design", SprintItemType.Task, SprintItemPriority.High, 4)], 1),
            new RequirementBacklogged()));
        await fixture.DoAsync("s1", PageSteps.Raised<SprintState>(
            "2026-11-02T10:00:00Z",
            new SprintCreated($"With {Secret}", 20, new DateTimeOffset(2026, 11, 2, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 11, 4, 0, 0, 0, TimeSpan.Zero)),
            new ItemAddedToSprint("task~0", $"Ask {Secret}", 3, RequirementId: "r1"),
            new ItemAddedToSprint("i2", "Other", 5),
            new SprintStarted(2, 8),
            new ItemStatusChanged("i2", SprintItemStatus.Todo, SprintItemStatus.Done, 5),
            new SprintCompleted(2, 1, 8, 5, 63, 5, ["task~0"])));
        await fixture.DoAsync("b1", PageSteps.Raised<BugState>(
            "2026-11-02T11:00:00Z", new BugCreated($"Seen by {Secret}", "It burns", Secret, ReleaseId: "v1"), new BugTriaged(BugSeverity.High, BugPriority.P1)));
        await fixture.DoAsync("t1", PageSteps.Raised<TestRunState>(
            "2026-11-02T12:00:00Z",
            new TestRunCreated(1, ReleaseId: "v1"), new TestRunStarted(1), new TestResultRecorded("c1", "Case", TestOutcome.Failed, ErrorMessage: $"no user {Secret}"),
            new TestRunCompleted(0, 1, ExpectedTestCount: 1)));
        await fixture.DoAsync("v1", Some.Release("1.0.0"), Some.Evaluated(Some.Good, new DateTimeOffset(2026, 11, 2, 13, 0, 0, TimeSpan.Zero)));
    }

    private static async Task RebuildAsync(ReadModelFixture fixture)
    {
        foreach (var view in PageSteps.All)
        {
            await fixture.RebuildAsync(view);
        }
    }

    private static async Task<IReadOnlyList<string>> AllAsync(ReadModelFixture fixture)
    {
        var all = new List<string>();
        foreach (var view in PageSteps.All)
        {
            all.AddRange((await fixture.TextsAsync(view)).Select(text => $"{view} {text}"));
        }

        return all;
    }
}
