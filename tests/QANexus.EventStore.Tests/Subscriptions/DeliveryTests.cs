using QANexus.EventStore.Failures;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;
using static QANexus.EventStore.Tests.Subscriptions.DeliverySteps;

namespace QANexus.EventStore.Tests.Subscriptions;

public sealed class DeliveryTests
{
    private readonly DeliveryWorld world = new();
    private readonly RecordingSubscriber a = new("takes-a", "A");
    private readonly RecordingSubscriber all = new("takes-all");

    [Fact]
    public async Task A_handler_gets_the_events_of_its_types_only()
    {
        await world.Start(a, all).DeliverAsync(Rings(world.Append(One, "A", "B"), world.Append(One, "C")));

        Assert.Equal([1], a.VersionsOf(One));
        Assert.Equal([1, 2, 3], all.VersionsOf(One));
    }

    [Fact]
    public async Task A_handler_gets_the_events_of_its_streams_only_and_shares_the_checkpoint_of_the_others()
    {
        var choosy = new ChoosySubscriber(One.Stream.AggregateType);
        var other = new StreamKey(One.Tenant, StreamId.Parse("Other:1"));
        var process = world.Start(choosy, a);

        await process.DeliverAsync(Rings(world.Append(One, "A"), world.Append(other, "A", "B"), world.Append(other, "B")));

        Assert.Equal([1], choosy.Inner.VersionsOf(One));
        Assert.Empty(choosy.Inner.VersionsOf(other));
        Assert.Equal([1], a.VersionsOf(other));
        Assert.Empty(world.CheckpointOf(other).Handlers);
        Assert.Equal(2, world.CheckpointOf(other).Position.Commit);
    }

    [Fact]
    public async Task Streams_that_no_handler_takes_cost_nothing_at_all()
    {
        await world.Start(new ChoosySubscriber(AggregateType.Parse("Elsewhere"))).DeliverAsync(Rings(world.Append(One, "A"), world.Append(Two, "A")));

        Assert.Equal((0, 0, 0), (world.DirectReads, world.RangeReads, world.Saves));
    }

    [Fact]
    public async Task Doorbells_without_a_gap_are_answered_by_one_read_of_all_streams()
    {
        await world.Start(a).DeliverAsync(Rings(world.Append(One, "A"), world.Append(Two, "A"), world.Append(One, "A")));

        Assert.Equal((1, 0, 1), (world.DirectReads, world.RangeReads, world.Saves));
    }

    [Fact]
    public async Task A_commit_beyond_the_next_reveals_the_gap_which_is_handled_first()
    {
        for (var n = 0; n < 10; n++)
        {
            world.Append(One, "A");
        }

        await world.Start(all).DeliverAsync(DeliveryWorld.Ring(world.CommitsOf(One)[^1]));

        Assert.Equal(Enumerable.Range(1, 10).Select(static n => (long)n), all.VersionsOf(One));
    }

    [Fact]
    public async Task Commits_of_no_interest_cost_neither_a_read_nor_a_write_and_are_remembered()
    {
        var process = world.Start(a);
        await process.DeliverAsync(Rings(world.Append(One, "A")));
        var (direct, ranges, saves) = (world.DirectReads, world.RangeReads, world.Saves);

        await process.DeliverAsync(Rings(world.Append(One, "B"), world.Append(One, "C")));

        Assert.Equal((direct, ranges, saves), (world.DirectReads, world.RangeReads, world.Saves));
        Assert.Equal(1, world.CheckpointOf(One).Position.Commit);
        await process.DeliverAsync(Rings(world.Append(One, "A")));
        Assert.Equal(ranges, world.RangeReads);
        Assert.Equal([1, 4], a.VersionsOf(One));
    }

    [Fact]
    public async Task After_a_restart_the_gap_read_finds_commits_of_no_interest_again_and_writes_nothing()
    {
        var process = world.Start(a);
        await process.DeliverAsync(Rings(world.Append(One, "A")));
        await process.DeliverAsync(Rings(world.Append(One, "B")));
        var last = world.Append(One, "B");

        await world.Start(a).DeliverAsync(DeliveryWorld.Ring(last));

        Assert.Equal((1, 1), (world.RangeReads, world.Saves));
    }

    [Fact]
    public async Task A_commit_that_comes_again_is_passed_over_by_a_process_that_remembers_and_by_one_that_does_not()
    {
        var rings = Rings(world.Append(One, "A"), world.Append(One, "A"));
        var process = world.Start(a);
        await process.DeliverAsync(rings);

        await process.DeliverAsync(rings);
        await world.Start(a).DeliverAsync(rings);

        Assert.Equal(2, a.Deliveries.Count);
    }

    [Fact]
    public async Task A_failure_of_the_store_is_thrown_and_what_was_handled_before_is_saved()
    {
        var isDown = true;
        a.OnEvent = delivery =>
        {
            if (isDown && delivery.Event.Version == 2)
            {
                throw new StoreThrottledException(TimeSpan.Zero);
            }
        };
        var rings = Rings(world.Append(One, "A"), world.Append(One, "A"), world.Append(Two, "A"));
        var process = world.Start(a);

        await Assert.ThrowsAsync<StoreThrottledException>(() => process.DeliverAsync(rings));

        Assert.Equal(1, world.CheckpointOf(One).Position.Commit);
        Assert.Equal([1], a.VersionsOf(Two));
        isDown = false;
        await process.DeliverAsync(rings);
        Assert.Equal([1, 1, 2], a.Deliveries.Select(static d => d.Event.Version).Order());
        Assert.Empty(world.CheckpointOf(One).Handlers);
    }

    [Fact]
    public async Task Registered_twice_a_handler_runs_once()
    {
        await world.Start(a, a).DeliverAsync(Rings(world.Append(One, "A")));

        Assert.Single(a.Deliveries);
    }

    [Fact]
    public void Two_handlers_of_one_name_are_refused() =>
        Assert.Throws<InvalidOperationException>(() => world.Start(new RecordingSubscriber("choosy"), new ChoosySubscriber(AggregateType.Parse("Thing"))));

    [Fact]
    public async Task A_delivery_is_known_by_the_handler_and_the_events_place()
    {
        await world.Start(a, all).DeliverAsync(Rings(world.Append(One, "A")));

        Assert.Equal("takes-a/Thing:1:1", a.Deliveries[0].Id);
        Assert.NotEqual(a.Deliveries[0].CommitIdFor(), all.Deliveries[0].CommitIdFor());
        Assert.NotEqual(a.Deliveries[0].CommitIdFor(), a.Deliveries[0].CommitIdFor("second"));
        Assert.Equal(a.Deliveries[0].CommitIdFor("x"), (a.Deliveries[0] with { Attempt = 9 }).CommitIdFor("x"));
    }

    [Fact]
    public async Task The_lag_counts_commits_of_interest_beyond_the_checkpoints()
    {
        var process = world.Start(a);
        await process.DeliverAsync(Rings(world.Append(One, "A"), world.Append(One, "B")));
        world.Append(One, "A");
        world.Append(One, "B");

        var status = Assert.Single(await process.Operations.ListAsync(DeliveryWorld.Tenant, CancellationToken.None));

        Assert.Equal((1, 0), (status.LagCommits, status.ParkedStreams));
        Assert.True(status.Lag > TimeSpan.FromDays(365));
        await process.DeliverAsync(Rings([.. world.CommitsOf(One)]));
        Assert.Equal(0, Assert.Single(await process.Operations.ListAsync(DeliveryWorld.Tenant, CancellationToken.None)).LagCommits);
    }

    private sealed class ChoosySubscriber(AggregateType takes) : IEventSubscriber
    {
        public RecordingSubscriber Inner { get; } = new("choosy");

        public SubscriptionName Name => Inner.Name;

        public IReadOnlyCollection<EventType>? EventTypes => null;

        public bool Takes(AggregateType aggregateType) => aggregateType == takes;

        public Task HandleAsync(EventDelivery delivery, CancellationToken cancellationToken) => Inner.HandleAsync(delivery, cancellationToken);
    }
}
