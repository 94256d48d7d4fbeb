using QANexus.EventStore.Failures;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;
using static QANexus.EventStore.Tests.Subscriptions.DeliverySteps;

namespace QANexus.EventStore.Tests.Subscriptions;

/// <summary>Handlers that fail for good: what is parked, what goes on, and what lifts it.</summary>
public sealed class ParkingTests
{
    private readonly DeliveryWorld world = new();
    private readonly RecordingSubscriber a = new("takes-a", "A");
    private readonly RecordingSubscriber all = new("takes-all");

    [Fact]
    public async Task A_handler_that_keeps_failing_is_parked_and_nobody_else_notices()
    {
        a.OnEvent = static delivery => Throw(delivery.Event.Stream == One.Stream);

        var process = world.Start(a, all);
        await process.DeliverAsync(Rings(world.Append(One, "A"), world.Append(Two, "A"), world.Append(One, "A")));

        Assert.Equal([1, 2], all.VersionsOf(One));
        Assert.Equal([1], a.VersionsOf(Two));
        var parked = Assert.Single((await process.Operations.ParkedAsync(DeliveryWorld.Tenant, SubscriptionGroups.Subscribers, CancellationToken.None))!);
        Assert.Equal((One.Stream, a.Name, 1, 2), (parked.Stream, parked.Handler, parked.Commit, parked.Attempts));
        Assert.Equal("InvalidOperationException: no", parked.Error);
        Assert.Equal(2, world.CheckpointOf(One).Position.Commit);
    }

    [Fact]
    public async Task An_event_in_the_middle_of_a_commit_parks_from_there_and_what_came_before_is_not_repeated()
    {
        a.OnEvent = static delivery => Throw(delivery.Event.Version == 2);
        var process = world.Start(a);
        await process.DeliverAsync(Rings(world.Append(One, "A", "A", "A")));
        a.OnEvent = static _ => { };

        await RetryAsync(process, One);

        Assert.Equal([1, 2, 3], a.Deliveries.Select(static d => d.Event.Version));
    }

    [Fact]
    public async Task A_parked_handler_catches_up_before_it_gets_what_is_new()
    {
        a.OnEvent = static _ => Throw(true);
        var process = world.Start(a, all);
        await process.DeliverAsync(Rings(world.Append(One, "A")));
        await process.DeliverAsync(Rings(world.Append(One, "A"), world.Append(One, "A")));
        a.OnEvent = static _ => { };

        Assert.Empty(await RetryAsync(process, One));

        Assert.Equal([1, 2, 3], a.Deliveries.Select(static d => d.Event.Version));
        Assert.Equal([1, 2, 3], all.Deliveries.Select(static d => d.Event.Version));
        await process.DeliverAsync(Rings(world.Append(One, "A")));
        Assert.Equal([1, 2, 3, 4], a.VersionsOf(One));
    }

    [Fact]
    public async Task An_un_parking_that_dies_is_finished_by_the_streams_next_delivery()
    {
        a.OnEvent = static _ => Throw(true);
        var process = world.Start(a);
        await process.DeliverAsync(Rings(world.Append(One, "A"), world.Append(One, "A")));
        a.OnEvent = static _ => throw new StoreUnavailableException("dying", TimeSpan.Zero);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => RetryAsync(process, One));
        a.OnEvent = static _ => { };

        await process.DeliverAsync(Rings(world.Append(One, "A")));

        Assert.Equal([1, 2, 3], a.Deliveries.Select(static d => d.Event.Version));
        Assert.Empty(world.CheckpointOf(One).Handlers);
    }

    [Fact]
    public async Task A_second_failure_at_the_same_event_counts_on_from_the_first()
    {
        a.OnEvent = static _ => Throw(true);
        var process = world.Start(a);
        await process.DeliverAsync(Rings(world.Append(One, "A")));

        var parked = Assert.Single(await RetryAsync(process, One));

        Assert.Equal(4, parked.Attempts);
        Assert.True(parked.FirstAt < parked.LastAt);
    }

    [Fact]
    public async Task After_an_event_was_skipped_the_attempts_of_the_next_one_in_its_commit_are_counted_anew()
    {
        a.OnEvent = static _ => Throw(really: true);
        var process = world.Start(a);
        await process.DeliverAsync(Rings(world.Append(One, "A", "A")));
        var first = Assert.Single(world.CheckpointOf(One).Handlers).Parking!;

        await process.Operations.SkipAsync(
            DeliveryWorld.Tenant, SubscriptionGroups.Subscribers, One.Stream, a.Name, "never", "ada", CancellationToken.None);

        var second = Assert.Single(world.CheckpointOf(One).Handlers).Parking!;
        Assert.NotEqual(first.EventId, second.EventId);
        Assert.Equal((first.Commit, first.Attempts), (second.Commit, second.Attempts));
    }

    [Fact]
    public async Task Skipping_leaves_out_one_event_and_records_who_and_why()
    {
        a.OnEvent = static delivery => Throw(delivery.Event.Version is 1 or 3);
        var process = world.Start(a);
        await process.DeliverAsync(Rings(world.Append(One, "A", "A", "A"), world.Append(One, "A")));

        var left = await process.Operations.SkipAsync(
            DeliveryWorld.Tenant, SubscriptionGroups.Subscribers, One.Stream, a.Name, "cannot be told", "ada", CancellationToken.None);

        Assert.Equal("Thing:1:3", Assert.Single(left!).EventId!.Value.Value);
        Assert.Equal([2], a.VersionsOf(One));
        var skipped = Assert.Single(world.CheckpointOf(One).Skipped);
        Assert.Equal(("Thing:1:1", "cannot be told", "ada"), (skipped.EventId, skipped.Reason, skipped.By));
    }

    [Fact]
    public async Task A_commit_that_cannot_be_read_parks_its_stream_and_no_other()
    {
        var broken = world.Append(One, "A");
        world.Damage(One, broken.Number);

        var process = world.Start(a);
        await process.DeliverAsync(Rings(broken, world.Append(Two, "A"), world.Append(One, "A")));

        Assert.Empty(a.VersionsOf(One));
        Assert.Equal([1], a.VersionsOf(Two));
        Assert.Null(Assert.Single((await process.Operations.ParkedAsync(DeliveryWorld.Tenant, SubscriptionGroups.Subscribers, CancellationToken.None))!).EventId);
    }

    [Fact]
    public async Task A_handler_that_never_ends_is_given_up_and_parked()
    {
        world.Options.HandlerTimeout = TimeSpan.FromMilliseconds(5);
        var process = world.Start(new EndlessSubscriber(), all);

        await process.DeliverAsync(Rings(world.Append(One, "A")));

        Assert.Equal([1], all.VersionsOf(One));
        var parked = Assert.Single((await process.Operations.ParkedAsync(DeliveryWorld.Tenant, SubscriptionGroups.Subscribers, CancellationToken.None))!);
        Assert.Equal("TimeoutException: It took longer than 0.005 s.", parked.Error);
    }

    private sealed class EndlessSubscriber : IEventSubscriber
    {
        public SubscriptionName Name { get; } = SubscriptionName.Parse("endless");

        public IReadOnlyCollection<EventType>? EventTypes => null;

        public Task HandleAsync(EventDelivery delivery, CancellationToken cancellationToken) => new TaskCompletionSource().Task;
    }
}
