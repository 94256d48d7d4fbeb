using QANexus.Domain.Bugs;
using QANexus.Domain.Sprints;
using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;
using QANexus.LocalCosmos.Faults;
using QANexus.LocalCosmos.Routing;
using QANexus.ReadModels.Tests.Fixture;

namespace QANexus.ReadModels.Tests.Planning;

/// <summary>A triaged bug is on the board of the ACTIVE sprint, where there is one.</summary>
public sealed class BugPlanningTests
{
    [Fact]
    public async Task A_bug_that_is_triaged_while_a_sprint_is_active_is_on_its_board_once_and_without_points()
    {
        await using var fixture = await ReadModelFixture.StartAsync();
        await StartSprintAsync(fixture, "s1");
        await fixture.DoAsync("b1", Some.Reported(), Some.Triaged(BugSeverity.High, BugPriority.P3, "dana"));
        var batches = await fixture.ReadFeedAsync();
        // The item is added, its checkpoint is not: the process ends in between.
        using (fixture.Account.Faults.Add(new FaultRule { Fault = new StatusFault(503), Container = "subscriptions", Requests = [RequestKind.Batch, RequestKind.Create, RequestKind.Upsert, RequestKind.Replace] }))
        {
            await Assert.ThrowsAnyAsync<Exception>(() => fixture.Get<SubscriptionRunner>().DeliverAsync(SubscriptionGroups.Subscribers, batches[0], CancellationToken.None));
        }

        fixture.Start();
        await fixture.SettleAsync();

        Assert.Equal(["SprintCreated", "ItemAddedToSprint", "SprintStarted", "ItemAddedToSprint"], await fixture.TypesAsync("Sprint:s1"));
        var sprint = await fixture.StateAsync<SprintState>("s1");
        Assert.Equal(
            ("b1", "It burns", 0, SprintItemStatus.Todo, SprintItemPriority.High, SprintItemType.Bug, "dana"),
            (sprint.Items[1].Id, sprint.Items[1].Title, sprint.Items[1].StoryPoints, sprint.Items[1].Status, sprint.Items[1].Priority, sprint.Items[1].Type, sprint.Items[1].AssigneeId));
        Assert.Equal(3, sprint.TotalStoryPoints);
        var added = (await fixture.EventsAsync("Sprint:s1"))[^1].Origin;
        Assert.Equal(("system:plan-bugs", "Bug:b1:2", "c1"), (added.Actor, added.CausationId, added.CorrelationId));
        await fixture.AssertNothingParkedAsync();
    }

    [Fact]
    public async Task Its_item_is_done_when_the_bug_is_verified_or_none_and_to_do_again_when_it_is_triaged_once_more()
    {
        await using var fixture = await ReadModelFixture.StartAsync();
        await StartSprintAsync(fixture, "s1");
        await fixture.DoAsync("b1", [Some.Reported(), Some.Triaged(BugSeverity.Low, BugPriority.P3), .. Some.Resolved, static state => state.Verify()]);
        await fixture.DoAsync("b2", Some.Reported(), Some.Triaged(BugSeverity.Low, BugPriority.P3));
        await fixture.SettleAsync();
        await fixture.DoAsync("b2", static (BugState state) => state.Invalidate("It is none."));
        await fixture.SettleAsync();
        Assert.Equal(["i1 Todo", "b2 Done"], await ItemsAsync());

        await fixture.DoAsync("b3", Some.Reported(), Some.Triaged(BugSeverity.Low, BugPriority.P3));
        await fixture.SettleAsync();
        await fixture.DoAsync("b3", [.. Some.Resolved, static state => state.Verify()]);
        await fixture.SettleAsync();
        Assert.Equal(["i1 Todo", "b2 Done", "b3 Done"], await ItemsAsync());

        await fixture.DoAsync("b3", static (BugState state) => state.Reopen("again"), Some.Triaged(BugSeverity.Low, BugPriority.P3));
        await fixture.SettleAsync();
        await fixture.DeliverAsync();
        Assert.Equal(["i1 Todo", "b2 Done", "b3 Todo"], await ItemsAsync());
        await fixture.AssertNothingParkedAsync();

        async Task<IEnumerable<string>> ItemsAsync() => (await fixture.StateAsync<SprintState>("s1")).Items.Select(static item => $"{item.Id} {item.Status}");
    }

    [Fact]
    public async Task Where_no_sprint_is_active_or_the_bug_was_put_aside_meanwhile_nothing_is_planned()
    {
        await using var fixture = await ReadModelFixture.StartAsync();
        await fixture.DoAsync("b0", Some.Reported(), Some.Triaged(BugSeverity.Low, BugPriority.P3));
        await fixture.SettleAsync();
        // Its delivery is late: when it comes a sprint is active that was not when it was triaged.
        await fixture.DoAsync("b1", Some.Reported(), Some.Triaged(BugSeverity.Low, BugPriority.P3));

        await StartSprintAsync(fixture, "s1");
        await fixture.DoAsync("b2", Some.Reported(), Some.Triaged(BugSeverity.Low, BugPriority.P3), static state => state.Invalidate("It is none."));
        await fixture.SettleAsync();
        Assert.Equal(["i1"], (await fixture.StateAsync<SprintState>("s1")).Items.Select(static item => item.Id));

        await fixture.Get<SprintCommands>().EndAsync(
            fixture.Store, new AggregateCommand<SprintState> { Id = AggregateId.Parse("s1"), Decide = static sprint => sprint.Complete() }, CancellationToken.None);
        await fixture.DoAsync("b3", Some.Reported(), Some.Triaged(BugSeverity.Low, BugPriority.P3));
        await fixture.SettleAsync();
        Assert.Equal(["i1"], (await fixture.StateAsync<SprintState>("s1")).Items.Select(static item => item.Id));
        await fixture.AssertNothingParkedAsync();
    }

    private static async Task StartSprintAsync(ReadModelFixture fixture, string id)
    {
        await fixture.DoAsync<SprintState>(id, static sprint => sprint.Create(new NewSprint
        {
            Name = "Sprint", StartDate = DateTimeOffset.UnixEpoch, EndDate = DateTimeOffset.UnixEpoch.AddDays(14),
            Items = [new NewSprintItem { Id = "i1", Title = "Work", StoryPoints = 3 }],
        }));
        Assert.IsType<CommandResult<SprintState>.Appended>(await fixture.Get<SprintCommands>().StartAsync(
            fixture.Store, new AggregateCommand<SprintState> { Id = AggregateId.Parse(id), Decide = static sprint => sprint.Start() }, CancellationToken.None));
    }
}
