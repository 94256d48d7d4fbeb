using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;
using QANexus.EventStore.Upcasting;

namespace QANexus.EventStore.Tests.Subscriptions;

/// <summary>What is read after a restart where consumers that are at different places of a stream miss different things of it.</summary>
public sealed class GapReadTests
{
    private static readonly StreamKey One = DeliveryWorld.Stream("1");

    private readonly DeliveryWorld world = new();
    private readonly RecordingSubscriber few = new("few", "A");
    private readonly RecordingSubscriber all = new("all");

    [Fact]
    public async Task Whoever_takes_little_of_a_stream_does_not_have_the_rest_of_it_read_again()
    {
        world.Options.CommitsPerRound = 10;
        await DeliverAsync(Append(40), few, all);

        await DeliverAsync([world.Append(One, "B")], few, all);

        Assert.Equal([(0, 40, 1)], world.Ranges);
        Assert.Empty(few.Deliveries);
        Assert.Equal(Enumerable.Range(1, 41).Select(static version => (long)version), all.VersionsOf(One));
    }

    [Fact]
    public async Task What_a_page_holds_is_read_for_all_at_once()
    {
        await DeliverAsync(Append(40), few, all);
        var (missed, rung) = (world.Append(One, "A"), world.Append(One, "B"));

        await DeliverAsync([rung], few, all);

        Assert.Null(world.Ranges[0].Types);
        Assert.Equal([missed.Events[0].Version], few.VersionsOf(One));
        Assert.Equal(Enumerable.Range(1, 42).Select(static version => (long)version), all.VersionsOf(One));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(10)]
    public async Task Whoever_is_new_gets_everything_of_its_types_and_the_others_nothing_twice(int commitsPerRound)
    {
        world.Options.CommitsPerRound = commitsPerRound;
        await DeliverAsync([.. Append(12), world.Append(One, "A"), .. Append(12), world.Append(One, "A")], all);

        await DeliverAsync([world.Append(One, "A", "B")], few, all);

        Assert.Equal([13, 26, 27], few.VersionsOf(One));
        Assert.Equal(Enumerable.Range(1, 28).Select(static version => (long)version), all.VersionsOf(One));
        Assert.All(world.Ranges, static range => Assert.Equal((26, 1), (range.UpTo, range.Types)));
    }

    private List<StoredCommit> Append(int count) => [.. Enumerable.Range(0, count).Select(_ => world.Append(One, "B"))];

    /// <summary>A process that has just started, with a lane for each subscriber.</summary>
    private Task DeliverAsync(IEnumerable<StoredCommit> commits, params RecordingSubscriber[] subscribers)
    {
        var options = Options.Create(world.Options);
        var upcaster = new EventUpcaster(world.Catalog);
        var metrics = new SubscriptionMetrics();
        var services = new DeliveryServices(
            world, upcaster, new SeenCommits(options), options, metrics, TimeProvider.System, NullLogger<DeliveryEngine>.Instance);
        var lanes = subscribers.Select(subscriber => new SubscriberLane(
            subscriber.Name, [subscriber], world.Catalog, world, world.Options, metrics, TimeProvider.System, NullLogger.Instance));
        return new DeliveryEngine(services).DeliverAsync(new Lanes([.. lanes]), commits.Select(DeliveryWorld.Ring), CancellationToken.None);
    }

    private sealed class Lanes(IReadOnlyList<ILane> lanes) : ILaneSet
    {
        public SubscriptionName Name => SubscriptionGroups.Views;

        public IReadOnlyList<SubscriptionName> Handlers => [.. lanes.Select(static lane => SubscriptionName.Parse(lane.Name))];

        public ValueTask<IReadOnlyList<ILane>> LanesForAsync(TenantId tenant, CancellationToken cancellationToken) => new(lanes);
    }
}
