using QANexus.EventStore.Failures;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;

namespace QANexus.EventStore.Tests.Subscriptions;

public sealed class DeliveryTests
{
    private static readonly StreamKey One = DeliveryWorld.Stream("1");
    private static readonly StreamKey Two = DeliveryWorld.Stream("2");

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

        await RetryAsync(process);

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

        Assert.Empty(await RetryAsync(process));

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
        await Assert.ThrowsAsync<StoreUnavailableException>(() => RetryAsync(process));
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

        var parked = Assert.Single(await RetryAsync(process));

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
    public async Task A_handler_that_never_ends_is_given_up_and_parked()
    {
        world.Options.HandlerTimeout = TimeSpan.FromMilliseconds(5);
        var process = world.Start(new EndlessSubscriber(), all);

        await process.DeliverAsync(Rings(world.Append(One, "A")));

        Assert.Equal([1], all.VersionsOf(One));
        var parked = Assert.Single((await process.Operations.ParkedAsync(DeliveryWorld.Tenant, SubscriptionGroups.Subscribers, CancellationToken.None))!);
        Assert.Equal("TimeoutException: It took longer than 0.005 s.", parked.Error);
    }

    [Fact]
    public async Task A_redaction_is_handed_on_whether_or_not_the_commit_was_handled_before_and_as_often_as_it_rings()
    {
        var process = world.Start(a, all);
        await process.DeliverAsync(Rings(world.Append(One, "A", "B"), world.Append(One, "A")));

        await process.DeliverAsync(DeliveryWorld.Ring(world.Redact(One, 1)));
        await world.Start(a, all).DeliverAsync(DeliveryWorld.Ring(world.CommitsOf(One)[0]));

        Assert.Equal([1, 1], a.Redactions.Select(static d => d.Event.Version));
        Assert.Equal([1, 2, 1, 2], all.Redactions.Select(static d => d.Event.Version));
        Assert.Equal(2, a.Deliveries.Count);
        var late = world.Append(Two, "A");
        await process.DeliverAsync(DeliveryWorld.Ring(world.Redact(Two, late.Number)));
        Assert.NotNull(Assert.Single(a.Deliveries, static d => d.Event.Stream == Two.Stream).Event.Redaction);
        Assert.Contains(a.Redactions, static d => d.Event.Stream == Two.Stream);
    }

    [Fact]
    public async Task A_redaction_that_fails_is_owed_until_the_parking_is_lifted()
    {
        var process = world.Start(a);
        await process.DeliverAsync(Rings(world.Append(One, "A"), world.Append(One, "A")));
        a.OnRedaction = static _ => Throw(true);
        await process.DeliverAsync(DeliveryWorld.Ring(world.Redact(One, 1)));
        await process.DeliverAsync(Rings(world.Append(One, "A")));
        Assert.Equal([1, 2], a.VersionsOf(One));
        a.OnRedaction = static _ => { };

        Assert.Empty(await RetryAsync(process));

        Assert.Single(a.Redactions);
        Assert.Equal([1, 2, 3], a.VersionsOf(One));
        Assert.Empty(world.CheckpointOf(One).Handlers);
    }

    [Fact]
    public async Task Redactions_reach_a_parked_handler_for_what_it_had_handled_before()
    {
        a.OnEvent = static delivery => Throw(delivery.Event.Version == 2);
        var process = world.Start(a);
        await process.DeliverAsync(Rings(world.Append(One, "A"), world.Append(One, "A")));

        await process.DeliverAsync(DeliveryWorld.Ring(world.Redact(One, 1)));

        Assert.Equal([1], a.Redactions.Select(static d => d.Event.Version));
    }

    [Fact]
    public async Task Registered_twice_a_handler_runs_once()
    {
        await world.Start(a, a).DeliverAsync(Rings(world.Append(One, "A")));

        Assert.Single(a.Deliveries);
    }

    [Fact]
    public void Two_handlers_of_one_name_are_refused() =>
        Assert.Throws<InvalidOperationException>(() => world.Start(new RecordingSubscriber("one"), new EndlessSubscriber("one")));

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

    private static async Task<IReadOnlyList<ParkedStream>> RetryAsync(DeliveryWorld.Process process) => (await process.Operations.RetryAsync(
        DeliveryWorld.Tenant, SubscriptionGroups.Subscribers, One.Stream, handler: null, CancellationToken.None))!;

    private static Doorbell[] Rings(params StoredCommit[] commits) => [.. commits.Select(DeliveryWorld.Ring)];

    private static void Throw(bool really)
    {
        if (really)
        {
            throw new InvalidOperationException("no");
        }
    }

    private sealed class ChoosySubscriber(AggregateType takes) : IEventSubscriber
    {
        public RecordingSubscriber Inner { get; } = new("choosy");

        public SubscriptionName Name => Inner.Name;

        public IReadOnlyCollection<EventType>? EventTypes => null;

        public bool Takes(AggregateType aggregateType) => aggregateType == takes;

        public Task HandleAsync(EventDelivery delivery, CancellationToken cancellationToken) => Inner.HandleAsync(delivery, cancellationToken);
    }

    private sealed class EndlessSubscriber(string name = "endless") : IEventSubscriber
    {
        public SubscriptionName Name { get; } = SubscriptionName.Parse(name);

        public IReadOnlyCollection<EventType>? EventTypes => null;

        public Task HandleAsync(EventDelivery delivery, CancellationToken cancellationToken) => new TaskCompletionSource().Task;
    }
}
