using System.Text.Json;
using QANexus.Domain.Requirements;
using QANexus.Domain.Sprints;
using QANexus.ReadModels.Planning;
using QANexus.ReadModels.Tests.Fixture;

namespace QANexus.ReadModels.Tests.Planning;

public sealed class StructuredBacklogTests
{
    [Fact]
    public async Task A_task_is_unscheduled_until_a_sprint_has_it_and_again_when_the_sprint_gives_it_back()
    {
        await using var fixture = await ReadModelFixture.StartAsync();
        await fixture.DoAsync("r1", PageSteps.Raised<RequirementState>(
            "2026-11-01T10:00:00Z", new RequirementCreated("Log in", "Text", RequirementPriority.High), new TasksGenerated(
            [
                new RequirementTask("t~0", "Design", SprintItemType.Task, SprintItemPriority.High, 4),
                new RequirementTask("t~1", "Implement", SprintItemType.Feature, SprintItemPriority.High, 16),
            ], 2)));
        await fixture.DeliverAsync();
        Assert.Equal("-", (await RowAsync(fixture, "Requirement:r1")).Text("requirement"));

        await fixture.DoAsync("r1", PageSteps.Raised<RequirementState>("2026-11-01T11:00:00Z", new RequirementBacklogged()));
        await fixture.DoAsync("s1", PageSteps.Raised<SprintState>(
            "2026-11-02T10:00:00Z", new SprintCreated("One"), new ItemAddedToSprint("t~0", "Design", 3, RequirementId: "r1"), new ItemAddedToSprint("lone", "Lone", 2),
            new ItemAddedToSprint("gone", "Gone", 2, RequirementId: "r1"), new ItemRemovedFromSprint("gone")));
        await fixture.DeliverAsync();
        Assert.Equal("Log in", (await RowAsync(fixture, "Requirement:r1")).GetProperty("requirement").Text("title"));
        Assert.Equal(["t~1"], await UnscheduledAsync(fixture, "Requirement:r1"));
        Assert.Equal(["t~0 SCHEDULED s1", "t~1 BACKLOG -"], await TasksAsync(fixture));
        Assert.Empty(await UnscheduledAsync(fixture, "standalone"));

        await fixture.DoAsync("s1", PageSteps.Raised<SprintState>("2026-11-03T10:00:00Z", new SprintCancelled("No time", ["t~0", "lone"])));
        await fixture.DeliverAsync();
        Assert.Equal(["t~0", "t~1"], await UnscheduledAsync(fixture, "Requirement:r1"));
        Assert.Equal(["t~0 BACKLOG -", "t~1 BACKLOG -"], await TasksAsync(fixture));
        Assert.Equal(["lone"], await UnscheduledAsync(fixture, "standalone"));

        await fixture.DoAsync("s2", PageSteps.Raised<SprintState>(
            "2026-11-04T10:00:00Z", new SprintCreated("Two"), new ItemAddedToSprint("t~0", "Design", 3, RequirementId: "r1"), new ItemAddedToSprint("lone", "Lone", 2),
            new SprintCompleted(UnfinishedItemIds: [])));
        await fixture.DeliverAsync();
        Assert.Equal(["t~0 DONE s2", "t~1 BACKLOG -"], await TasksAsync(fixture));
        Assert.Equal(["t~1"], await UnscheduledAsync(fixture, "Requirement:r1"));
        Assert.Empty(await UnscheduledAsync(fixture, "standalone"));
    }

    [Fact]
    public async Task A_sprint_of_very_many_requirements_ends_in_one_write()
    {
        await using var fixture = await ReadModelFixture.StartAsync();
        await fixture.DoAsync("s1", PageSteps.Raised<SprintState>(
            "2026-11-02T10:00:00Z", [new SprintCreated("One"), .. Enumerable.Range(0, 150).Select(static n => new ItemAddedToSprint($"i{n}", "Item", 1, RequirementId: $"r{n}"))]));
        await fixture.DoAsync("s1", PageSteps.Raised<SprintState>("2026-11-03T10:00:00Z", new SprintCancelled("No time", ["i0"])));
        await fixture.DeliverAsync();

        await fixture.AssertNothingParkedAsync();
        Assert.Equal(StructuredBacklog.MaxRequirementsOfSprint, (await fixture.TextsAsync(StructuredBacklog.Name)).Count);
        Assert.Equal(["i0"], await UnscheduledAsync(fixture, "Requirement:r0"));
    }

    private static async Task<JsonElement> RowAsync(ReadModelFixture fixture, string id) => (await fixture.FindAsync(StructuredBacklog.Name, id))!.Value;

    private static async Task<IEnumerable<string>> TasksAsync(ReadModelFixture fixture) => (await RowAsync(fixture, "Requirement:r1")).GetProperty("taskPlaces")
        .EnumerateArray().Select(static task => $"{task.Text("id")} {task.Text("status")} {task.Text("sprintId")}");

    private static async Task<IEnumerable<string>> UnscheduledAsync(ReadModelFixture fixture, string id) =>
        (await RowAsync(fixture, id)).GetProperty("unscheduled").EnumerateArray().Select(static item => item.Text("id"));
}
