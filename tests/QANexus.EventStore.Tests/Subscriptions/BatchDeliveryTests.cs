using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;

namespace QANexus.EventStore.Tests.Subscriptions;

/// <summary>Subscribers that take many events in one call.</summary>
public sealed class BatchDeliveryTests
{
    private static readonly StreamKey One = DeliveryWorld.Stream("1");
    private static readonly StreamKey Two = DeliveryWorld.Stream("2");
    private static readonly StreamKey Three = DeliveryWorld.Stream("3");

    private readonly DeliveryWorld world = new();
    private readonly BatchingSubscriber batching = new();
    private readonly BatchingSubscriber spanning = new() { SpansStreams = true };

    [Fact]
    public async Task What_is_new_in_a_stream_comes_at_once_and_one_by_one_where_that_fails()
    {
        var process = world.Start(batching);
        await process.DeliverAsync(Rings(world.Append(One, "A", "B"), world.Append(One, "C")));
        batching.Inner.OnEvent = static delivery => Throw(delivery.Event.Version == 5);
        batching.FailsFor = static _ => true;

        await process.DeliverAsync(Rings(world.Append(One, "A", "B"), world.Append(One, "C")));

        Assert.Equal([3], batching.Sizes);
        Assert.Equal([4], batching.Inner.VersionsOf(One));
        Assert.Equal("Thing:1:5", Assert.Single(await ParkedAsync(process)).EventId!.Value.Value);
        batching.FailsFor = static _ => false;
        Assert.Empty((await process.Operations.RetryAsync(
            DeliveryWorld.Tenant, SubscriptionGroups.Subscribers, One.Stream, handler: null, CancellationToken.None))!);
        Assert.Equal([3, 2], batching.Sizes);
    }

    [Fact]
    public async Task Streams_are_apart_unless_the_subscriber_says_otherwise()
    {
        await world.Start(batching).DeliverAsync(Rings(world.Append(One, "A", "B"), world.Append(Two, "A", "B")));

        Assert.Equal([2, 2], batching.Sizes);
    }

    [Fact]
    public async Task What_is_new_in_many_streams_comes_at_once_and_only_once()
    {
        var process = world.Start(spanning);
        var (first, second, third) = (world.Append(One, "A", "B"), world.Append(Two, "A"), world.Append(One, "C"));
        await process.DeliverAsync(Rings(first, second, third));

        await process.DeliverAsync(Rings(first, second, third, world.Append(Two, "D"), world.Append(Three, "E")));

        Assert.Equal([4, 2], spanning.Sizes);
        Assert.Equal(
            ["Thing:1:1", "Thing:1:2", "Thing:1:3", "Thing:2:1"],
            spanning.Batches[0].Select(static delivery => delivery.Event.Id.Value).Order(StringComparer.Ordinal));
        Assert.Equal([1, 2, 3], spanning.Batches[0].Where(static d => d.Event.Stream == One.Stream).Select(static d => d.Event.Version));
        Assert.Empty(spanning.Inner.Deliveries);
        Assert.Equal((2, 2), (world.CheckpointOf(One).Position.Commit, world.CheckpointOf(Two).Position.Commit));
    }

    [Fact]
    public async Task A_stream_that_fails_the_call_is_parked_and_its_neighbours_go_on()
    {
        spanning.FailsFor = static delivery => delivery.Event.Stream == Two.Stream;
        spanning.Inner.OnEvent = delivery => Throw(spanning.FailsFor(delivery));
        var process = world.Start(spanning);

        await process.DeliverAsync(Rings(world.Append(One, "A", "B"), world.Append(Two, "A", "B"), world.Append(Three, "A")));

        Assert.Equal([2], spanning.Sizes);
        Assert.Equal([1], spanning.Inner.VersionsOf(Three));
        Assert.Equal(Two.Stream, Assert.Single(await ParkedAsync(process)).Stream);
        Assert.Equal(1, world.CheckpointOf(One).Position.Commit);
    }

    [Fact]
    public async Task A_parked_stream_is_left_out_of_what_the_others_get_together()
    {
        spanning.FailsFor = static delivery => delivery.Event.Stream == Two.Stream;
        spanning.Inner.OnEvent = delivery => Throw(spanning.FailsFor(delivery));
        var process = world.Start(spanning);
        await process.DeliverAsync(Rings(world.Append(Two, "A")));

        await process.DeliverAsync(Rings(world.Append(One, "A"), world.Append(Two, "B"), world.Append(Three, "A")));

        Assert.Equal([2], spanning.Sizes);
        Assert.Equal(1, Assert.Single(await ParkedAsync(process)).Commit);
    }

    [Fact]
    public async Task A_redaction_is_told_of_while_other_streams_come_together()
    {
        var process = world.Start(spanning);
        await process.DeliverAsync(Rings(world.Append(One, "A"), world.Append(Two, "A")));

        await process.DeliverAsync(Rings(world.Redact(One, 1), world.Append(Two, "B"), world.Append(Three, "A")));

        Assert.Equal([2, 2], spanning.Sizes);
        Assert.Equal("Thing:1:1", Assert.Single(spanning.Inner.Redactions).Event.Id.Value);
    }

    [Fact]
    public async Task A_commit_that_was_redacted_before_it_came_is_handed_on_as_that()
    {
        world.Append(One, "A");
        var process = world.Start(spanning);

        await process.DeliverAsync(Rings(world.Redact(One, 1), world.Append(Two, "A"), world.Append(Three, "A")));

        Assert.Equal([2], spanning.Sizes);
        Assert.Equal("Thing:1:1", Assert.Single(spanning.Inner.Redactions).Event.Id.Value);
        Assert.Equal(1, world.CheckpointOf(One).Position.Commit);
    }

    [Fact]
    public async Task Very_many_events_come_in_several_calls()
    {
        var commits = Enumerable.Range(0, 30).Select(n => world.Append(DeliveryWorld.Stream($"many-{n}"), [.. Enumerable.Repeat("A", 40)]));

        await world.Start(spanning).DeliverAsync(Rings([.. commits]));

        Assert.Equal(30 * 40, spanning.Sizes.Sum());
        Assert.All(spanning.Sizes, static size => Assert.InRange(size, 40, 500));
        Assert.Equal(3, spanning.Sizes.Count);
    }

    [Fact]
    public async Task What_was_handed_over_before_the_time_is_up_is_saved_and_only_the_rest_comes_again()
    {
        var commits = Enumerable.Range(0, 30).Select(n => world.Append(DeliveryWorld.Stream($"many-{n}"), [.. Enumerable.Repeat("A", 40)])).ToList();
        var process = world.Start(spanning);
        using var stopping = new CancellationTokenSource();
        spanning.FailsFor = _ =>
        {
            if (spanning.Batches.Count == 1)
            {
                stopping.Cancel();
            }

            stopping.Token.ThrowIfCancellationRequested();
            return false;
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => process.DeliverAsync(Rings([.. commits]), stopping.Token));
        spanning.FailsFor = static _ => false;

        await process.DeliverAsync(Rings([.. commits]));

        Assert.Equal(30 * 40, spanning.Sizes.Sum());
        Assert.Empty(spanning.Inner.Deliveries);
    }

    private static IEnumerable<Doorbell> Rings(params StoredCommit[] commits) => commits.Select(DeliveryWorld.Ring);

    private static void Throw(bool condition)
    {
        if (condition)
        {
            throw new InvalidOperationException("no");
        }
    }

    private static async Task<IReadOnlyList<ParkedStream>> ParkedAsync(DeliveryWorld.Process process) =>
        (await process.Operations.ParkedAsync(DeliveryWorld.Tenant, SubscriptionGroups.Subscribers, CancellationToken.None))!;

    private sealed class BatchingSubscriber : IEventBatchSubscriber
    {
        private readonly Lock gate = new();

        public RecordingSubscriber Inner { get; } = new("batching");

        public List<IReadOnlyList<EventDelivery>> Batches { get; } = [];

        public IReadOnlyList<int> Sizes => [.. Batches.Select(static batch => batch.Count)];

        public Func<EventDelivery, bool> FailsFor { get; set; } = static _ => false;

        public bool SpansStreams { get; init; }

        public SubscriptionName Name => Inner.Name;

        public IReadOnlyCollection<EventType>? EventTypes => null;

        public Task HandleAsync(EventDelivery delivery, CancellationToken cancellationToken) => Inner.HandleAsync(delivery, cancellationToken);

        public Task OnRedactedAsync(EventDelivery delivery, CancellationToken cancellationToken) => Inner.OnRedactedAsync(delivery, cancellationToken);

        public Task HandleAsync(IReadOnlyList<EventDelivery> deliveries, CancellationToken cancellationToken)
        {
            Throw(deliveries.Any(FailsFor));
            lock (gate)
            {
                Batches.Add(deliveries);
            }

            return Task.CompletedTask;
        }
    }
}
