using Microsoft.Extensions.DependencyInjection.Extensions;
using QANexus.Domain.Requirements;
using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;
using QANexus.LocalCosmos.Faults;
using QANexus.LocalCosmos.Routing;
using QANexus.ReadModels.Notifications;
using QANexus.ReadModels.Tests.Fixture;

namespace QANexus.ReadModels.Tests.Planning;

public sealed class TaskGenerationTests
{
    [Fact]
    public async Task An_approval_makes_a_design_an_implementation_and_a_test_per_criterion_once_and_says_so_once()
    {
        await using var fixture = await ReadModelFixture.StartAsync();
        await fixture.DoAsync("r1", Some.Approved("with a password", "not without"));

        await fixture.SettleAsync();
        await fixture.DeliverAsync();

        var state = await fixture.StateAsync<RequirementState>("r1");
        Assert.Equal(
            ["Requirement~r1~3~0 Design: Log in", "Requirement~r1~3~1 Implement: Log in", "Requirement~r1~3~2 Test: with a password", "Requirement~r1~3~3 Test: not without"],
            state.Tasks.Select(static task => $"{task.Id} {task.Title}"));
        Assert.Equal(["RequirementCreated", "RequirementAnalyzed", "RequirementApproved", "TasksGenerated"], await fixture.TypesAsync("Requirement:r1"));
        var generated = (await fixture.EventsAsync("Requirement:r1"))[^1].Origin;
        Assert.Equal(("system:generate-tasks", "Requirement:r1:3", "c1"), (generated.Actor, generated.CausationId, generated.CorrelationId));
        var notification = Assert.Single(await fixture.ListAsync(NotificationInbox.Name));
        Assert.Equal(
            ("TASKS_GENERATED", "Requirement r1 has 4 tasks."), (notification.Text("kind"), notification.Text("text")));
        await fixture.AssertNothingParkedAsync();
    }

    [Fact]
    public async Task What_was_done_before_a_crash_is_not_done_again_after_it()
    {
        await using var fixture = await ReadModelFixture.StartAsync();
        await fixture.DoAsync("r1", Some.Approved());
        var batch = Assert.Single(await fixture.ReadFeedAsync());
        // The tasks are appended, their checkpoint is not: the process ends in between.
        using (fixture.Account.Faults.Add(new FaultRule { Fault = new StatusFault(503), Container = "subscriptions", Requests = [RequestKind.Batch, RequestKind.Create, RequestKind.Upsert, RequestKind.Replace] }))
        {
            await Assert.ThrowsAnyAsync<Exception>(() => fixture.Get<SubscriptionRunner>().DeliverAsync(SubscriptionGroups.Subscribers, batch, CancellationToken.None));
        }

        Assert.Equal(4, (await fixture.EventsAsync("Requirement:r1")).Count);
        fixture.Start();
        await fixture.SettleAsync();

        Assert.Equal(4, (await fixture.EventsAsync("Requirement:r1")).Count);
        Assert.Equal(3, (await fixture.StateAsync<RequirementState>("r1")).Tasks.Length);
    }

    [Fact]
    public async Task A_requirement_that_was_sent_back_meanwhile_has_no_tasks_and_that_is_no_failure()
    {
        await using var fixture = await ReadModelFixture.StartAsync();
        await fixture.DoAsync("r1", [.. Some.Approved(), static state => state.NeedsRevision("unclear")]);

        await fixture.SettleAsync();

        Assert.Equal("RequirementNeedsRevision", (await fixture.TypesAsync("Requirement:r1"))[^1]);
        await fixture.AssertNothingParkedAsync();
    }

    [Fact]
    public async Task Tasks_that_no_event_can_hold_are_a_failure_on_record_and_not_tried_for_ever()
    {
        await using var fixture = await ReadModelFixture.StartAsync();
        await fixture.DoAsync("r1", Some.Approved([.. Enumerable.Range(0, 1_200).Select(static n => $"{n} {new string('x', 100)}")]));

        await fixture.SettleAsync();

        Assert.Equal("FailedToGenerateTasks", (await fixture.TypesAsync("Requirement:r1"))[^1]);
        Assert.Equal("TASK_GENERATION_FAILED", Assert.Single(await fixture.ListAsync(NotificationInbox.Name)).Text("kind"));
        await fixture.AssertNothingParkedAsync();
    }

    [Fact]
    public async Task A_poisonous_approval_parks_its_own_requirement_and_no_other()
    {
        // As a build did that knew no aggregates: this one would not let it in.
        await using var fixture = await ReadModelFixture.StartAsync(configure: static services => services.RemoveAll<AggregateDefinition>());
        await fixture.Store.AppendAsync(
            new AppendRequest
            {
                Stream = StreamId.Parse("Requirement:bad"),
                Events =
                [
                    new NewEvent { Type = EventType.Parse("RequirementCreated"), Data = EventStore.Json.JsonObjectText.Parse("""{"title":7}""") },
                    new NewEvent { Type = EventType.Parse("RequirementApproved"), Data = EventStore.Json.JsonObjectText.Parse("{}") },
                ],
            },
            CancellationToken.None);
        await fixture.DoAsync("good", Some.Approved());

        await fixture.SettleAsync();

        var parked = Assert.Single((await fixture.Get<ISubscriptionOperations>().ParkedAsync(ReadModelFixture.Tenant, SubscriptionGroups.Subscribers, CancellationToken.None))!);
        Assert.Equal(("Requirement:bad", "generate-tasks"), (parked.Stream.ToString(), parked.Handler.Value));
        Assert.Equal("TasksGenerated", (await fixture.TypesAsync("Requirement:good"))[^1]);
    }
}
