using QANexus.EventStore.Appending;
using QANexus.EventStore.Cosmos.Tests.Fixture;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;
using QANexus.LocalCosmos.Faults;
using QANexus.LocalCosmos.Routing;

namespace QANexus.EventStore.Cosmos.Tests.Subscriptions;

/// <summary>What a subscriber appends because of an event is in the store once, however often the event comes.</summary>
public sealed class ReactionTests
{
    private static readonly StreamId Requirement = StreamId.Parse("Requirement:r1");
    private static readonly StreamId Tasks = ReactingSubscriber.TasksOf(Requirement);

    [Fact]
    public async Task A_delivery_that_comes_again_after_a_crash_appends_nothing_new_and_gets_the_first_receipts()
    {
        await using var fixture = await StartAsync();
        await fixture.PublishAsync("Requirement:r1", "RequirementCreated");
        using (fixture.Store.Account.Faults.Add(Unsaved()))
        {
            await Assert.ThrowsAsync<StoreUnavailableException>(fixture.DeliverAllAsync);
        }

        var before = Subscriber(fixture).Appends;
        fixture.Start();
        await fixture.DeliverAllAsync();

        var after = Subscriber(fixture).Appends;
        Assert.Equal([false, false, false], before.Select(static append => append.Stored().IsReplay));
        Assert.Equal([true, true, true], after.Select(static append => append.Stored().IsReplay));
        Assert.Equal(before.Select(Describe), after.Select(Describe));
        await AssertOnceAsync(fixture);
    }

    [Fact]
    public async Task Two_processes_that_deliver_the_same_event_at_once_append_it_once()
    {
        await using var fixture = await StartAsync();
        await fixture.PublishAsync("Requirement:r1", "RequirementCreated");
        var batch = Assert.Single(await fixture.ReadFeedAsync());
        var one = fixture.Get<SubscriptionRunner>();
        fixture.Start();
        var other = fixture.Get<SubscriptionRunner>();

        await Task.WhenAll(
            one.DeliverAsync(SubscriptionGroups.Subscribers, batch, CancellationToken.None),
            other.DeliverAsync(SubscriptionGroups.Subscribers, batch, CancellationToken.None));

        await AssertOnceAsync(fixture);
    }

    [Fact]
    public async Task A_handler_that_dies_between_its_steps_makes_only_those_that_are_missing()
    {
        await using var fixture = await StartAsync();
        await fixture.PublishAsync("Requirement:r1", "RequirementCreated");
        Subscriber(fixture).DiesBetweenSteps = true;
        await fixture.DeliverAllAsync();
        Assert.Single(await fixture.ParkedAsync());
        Assert.Empty(await fixture.Store.Store.ReadAllAsync(ReactingSubscriber.Log));

        Subscriber(fixture).DiesBetweenSteps = false;
        Assert.Empty(await fixture.RetryAsync("Requirement:r1"));

        Assert.Equal([true, false, false], Subscriber(fixture).Appends.TakeLast(3).Select(static append => append.Stored().IsReplay));
        await AssertOnceAsync(fixture);
    }

    [Fact]
    public async Task An_append_whose_answer_is_lost_is_in_the_store_once()
    {
        await using var fixture = await StartAsync();
        await fixture.PublishAsync("Requirement:r1", "RequirementCreated");
        var batch = Assert.Single(await fixture.ReadFeedAsync());
        using (fixture.Store.Account.Faults.Add(
            new FaultRule { Fault = new LostResponseFault(), Requests = [RequestKind.Batch], Container = "events", Times = 2 }))
        {
            await fixture.DeliverAsync(batch);
        }

        await AssertOnceAsync(fixture);
    }

    [Fact]
    public async Task Events_of_two_streams_and_of_one_stream_react_each_for_itself_in_a_stream_that_they_share()
    {
        await using var fixture = await StartAsync();
        await fixture.PublishAsync("Requirement:r1", "RequirementCreated");
        await fixture.PublishAsync("Requirement:r2", "RequirementCreated");
        await fixture.Store.Store.AppendAsync(
            new AppendRequest { Stream = Requirement, Events = [Some.Event("RequirementCreated", "again")] }, CancellationToken.None);

        await fixture.DeliverAllAsync();
        fixture.Start();
        await fixture.DeliverAllAsync();

        Assert.Equal(2, (await fixture.Store.Store.ReadAllAsync(Tasks)).Count);
        var noted = await fixture.Store.Store.ReadAllAsync(ReactingSubscriber.Log);
        Assert.Equal(
            ["RequirementCreated-r1", "RequirementCreated-r1", "RequirementCreated-r2", "RequirementCreated-r2", "again", "again"],
            noted.Select(static e => e.Origin.CausationId!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Without_a_fingerprint_a_repeat_that_says_something_else_is_told_so_instead_of_taken_for_done()
    {
        await using var fixture = await StartAsync();
        await fixture.PublishAsync("Requirement:r1", "RequirementCreated");
        await fixture.DeliverAllAsync();
        var delivery = new EventDelivery
        {
            Handler = Subscriber(fixture).Name, Tenant = DeliveryFixture.Tenant, Event = (await fixture.Store.Store.ReadAllAsync(Requirement))[0],
        };

        var result = await fixture.Store.Store.AppendAsync(
            new AppendRequest { Stream = Tasks, Events = [Some.Event("TasksGenerated", data: """{"n":7}""")], CommitId = delivery.CommitIdFor() },
            CancellationToken.None);

        Assert.Equal(delivery.CommitIdFor(), Assert.IsType<AppendResult.KeyReused>(result).CommitId);
        await AssertOnceAsync(fixture);
    }

    private static Task<DeliveryFixture> StartAsync() => DeliveryFixture.StartAsync(static services => services.AddEventSubscriber<ReactingSubscriber>());

    private static ReactingSubscriber Subscriber(DeliveryFixture fixture) =>
        (ReactingSubscriber)Assert.Single(fixture.Get<IEnumerable<IEventSubscriber>>());

    private static async Task AssertOnceAsync(DeliveryFixture fixture)
    {
        var tasks = Assert.Single(await fixture.Store.Store.ReadAllAsync(Tasks));
        Assert.Equal("RequirementCreated-r1", tasks.Origin.CausationId);
        var notes = await fixture.Store.Store.ReadAllAsync(ReactingSubscriber.Log);
        Assert.Equal([1L, 2L], notes.Select(static e => e.Version));
    }

    private static string Describe(AppendResult append) =>
        $"{append.Stored().Receipt with { Events = [] }} {string.Join(' ', append.Stored().Receipt.Events)}";

    /// <summary>Checkpoints cannot be saved.</summary>
    private static FaultRule Unsaved() => new() { Fault = new StatusFault(503), Requests = [RequestKind.Batch], Container = "subscriptions" };
}
