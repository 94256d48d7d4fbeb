using QANexus.Domain.Requirements;
using QANexus.Domain.Sprints;
using QANexus.EventStore.Aggregates;
using QANexus.ReadModels.Notifications;
using QANexus.ReadModels.Planning;
using QANexus.ReadModels.Sprints;
using QANexus.ReadModels.Tests.Fixture;

namespace QANexus.ReadModels.Tests.Planning;

public sealed class RequirementCompletionTests
{
    [Fact]
    public async Task A_requirement_is_completed_with_the_sprint_that_its_last_task_was_done_in()
    {
        await using var fixture = await ReadModelFixture.StartAsync();
        await fixture.DoAsync("r1", Some.Approved());
        await fixture.SettleAsync();
        var tasks = (await fixture.StateAsync<RequirementState>("r1")).Tasks;

        await fixture.DoAsync("s1", Sprint("r1", done: 2, [.. tasks.Select(static task => task.Id)]));
        await fixture.SettleAsync();
        Assert.Equal(RequirementStatus.Approved, (await fixture.StateAsync<RequirementState>("r1")).Status);

        await fixture.DoAsync("s2", Sprint("r1", done: 1, tasks[2].Id));
        await fixture.SettleAsync();
        fixture.Start();
        await fixture.DeliverAsync();

        Assert.Equal("RequirementCompleted", (await fixture.TypesAsync("Requirement:r1"))[^1]);
        Assert.Equal(5, (await fixture.EventsAsync("Requirement:r1")).Count);
        Assert.Equal(3, (await fixture.ListAsync(RequirementCompletion.FinishedTasks)).Count);
        Assert.Equal(
            ["Sprint s2 is completed: 3 of 3 story points, 100 %.", "Sprint s2 has started with 1 items of 3 story points."],
            (await fixture.ListAsync(NotificationInbox.Name)).Take(2).Select(static n => n.Text("text")));
        Assert.Equal(
            ["s1 3 9 - []", """s2 1 3 6 ["s1"]"""],
            (await fixture.ListAsync(SprintBaselines.View)).Select(static b =>
                $"{b.Text("sprintId")} {b.Text("itemCount")} {b.Text("totalStoryPoints")} {b.Text("velocityBaseline")} {b.Text("basedOn")}"));
        await fixture.AssertNothingParkedAsync();
    }

    [Fact]
    public async Task Items_that_are_no_tasks_of_the_requirement_complete_nothing()
    {
        await using var fixture = await ReadModelFixture.StartAsync();
        await fixture.DoAsync("r1", Some.Approved());
        await fixture.SettleAsync();

        await fixture.DoAsync("s1", Sprint("r1", done: 1, "something else"));
        await fixture.DoAsync("s2", Sprint("no such requirement!", done: 1, "another thing"));
        await fixture.SettleAsync();

        Assert.Equal(RequirementStatus.Approved, (await fixture.StateAsync<RequirementState>("r1")).Status);
        await fixture.AssertNothingParkedAsync();
    }

    private static Func<SprintState, Decision>[] Sprint(string requirement, int done, params string[] items) =>
    [
        state => state.Create(new NewSprint
        {
            Name = "Sprint", StartDate = DateTimeOffset.UnixEpoch, EndDate = DateTimeOffset.UnixEpoch.AddDays(14), Starts = true,
            Items = [.. items.Select(id => new NewSprintItem { Id = id, Title = id, StoryPoints = 3, RequirementId = requirement })],
        }),
        .. items.Take(done).Select(static id => (Func<SprintState, Decision>)(state => state.MoveItem(id, SprintItemStatus.Done))),
        static state => state.Complete(),
    ];
}
