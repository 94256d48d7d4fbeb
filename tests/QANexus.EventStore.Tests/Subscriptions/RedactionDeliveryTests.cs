using static QANexus.EventStore.Tests.Subscriptions.DeliverySteps;

namespace QANexus.EventStore.Tests.Subscriptions;

/// <summary>Redactions on their way to handlers.</summary>
public sealed class RedactionDeliveryTests
{
    private readonly DeliveryWorld world = new();
    private readonly RecordingSubscriber a = new("takes-a", "A");
    private readonly RecordingSubscriber all = new("takes-all");

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

        Assert.Empty(await RetryAsync(process, One));

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
}
