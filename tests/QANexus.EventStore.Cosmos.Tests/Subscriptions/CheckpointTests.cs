using QANexus.EventStore.Privacy;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;
using QANexus.LocalCosmos.Faults;
using QANexus.LocalCosmos.Routing;

namespace QANexus.EventStore.Cosmos.Tests.Subscriptions;

public sealed class CheckpointTests
{
    private static readonly TenantId Tenant = TenantId.Parse("t1");

    [Fact]
    public async Task A_restart_goes_on_from_the_stored_checkpoints()
    {
        await using var fixture = await DeliveryFixture.StartAsync();
        await fixture.AppendAsync("Requirement:r1", events: 2);
        await fixture.DeliverAsync(Assert.Single(await fixture.ReadFeedAsync()));
        fixture.Start();
        await fixture.AppendAsync("Requirement:r1", events: 1);

        await fixture.DeliverAsync(Assert.Single(await fixture.ReadFeedAsync()));

        Assert.Equal([1L, 2L, 3L], fixture.Subscriber.Deliveries.Select(static delivery => delivery.Event.Version));
    }

    [Fact]
    public async Task Everything_that_a_checkpoint_says_survives_the_store()
    {
        await using var fixture = await DeliveryFixture.StartAsync();
        var group = SubscriptionGroups.Subscribers;
        var now = new DateTimeOffset(2026, 11, 25, 10, 0, 0, TimeSpan.Zero);
        var parking = new Parking(7, "e-7", "RequirementCreated", "InvalidOperationException: no", 5, now, now.AddSeconds(3), IsRevision: true);
        var checkpoint = new StreamCheckpoint
        {
            Position = new EventPosition(12, 3),
            Version = 40,
            Handlers =
            [
                new HandlerCheckpoint(SubscriptionName.Parse("parked"), new EventPosition(6, 2), [1, 2], parking),
                new HandlerCheckpoint(SubscriptionName.Parse("catching-up"), new EventPosition(8, 0), [], Parking: null) { Last = parking },
            ],
            Skipped = [new SkippedEvent(SubscriptionName.Parse("parked"), 5, "e-5", "no", "cannot be told", "ada", now)],
        };
        var stream = StreamId.Parse("Requirement:r1");
        var store = fixture.Get<ICheckpointStore>();
        var saved = await store.SaveAsync(
            Tenant, group, new Dictionary<StreamId, StoredCheckpoint> { [stream] = new(checkpoint, Tag: null) }, new DeliveryMeter(), CancellationToken.None);

        var loaded = (await store.LoadAsync(Tenant, group, [stream], new DeliveryMeter(), CancellationToken.None))[stream];

        Assert.Equal(saved[stream].Tag, loaded.Tag);
        Assert.Equal(Print(checkpoint), Print(loaded.Checkpoint));
        Assert.Equal(stream, Assert.Single(await store.ParkedAsync(Tenant, group, 10, CancellationToken.None)).Key);
        Assert.Equal(1, await store.CountParkedAsync(Tenant, group, CancellationToken.None));
        Assert.Empty(await store.ParkedAsync(TenantId.Parse("t2"), group, 10, CancellationToken.None));
    }

    [Fact]
    public async Task Of_checkpoints_saved_together_only_those_are_saved_that_nobody_else_changed()
    {
        await using var fixture = await DeliveryFixture.StartAsync();
        var store = fixture.Get<ICheckpointStore>();
        var streams = Enumerable.Range(0, 120).Select(static n => StreamId.Parse($"Requirement:r{n}")).ToList();
        var first = await SaveAsync(streams.ToDictionary(static stream => stream, static _ => StoredCheckpoint.None));
        Assert.Equal(120, first.Count);
        await SaveAsync(new() { [streams[3]] = first[streams[3]] });

        var second = await SaveAsync(first.ToDictionary());

        Assert.Equal(streams.Where((_, n) => n != 3).Order(Comparer<StreamId>.Create(static (a, b) => string.CompareOrdinal(a.ToString(), b.ToString()))), second.Keys.Order(Comparer<StreamId>.Create(static (a, b) => string.CompareOrdinal(a.ToString(), b.ToString()))));

        Task<IReadOnlyDictionary<StreamId, StoredCheckpoint>> SaveAsync(Dictionary<StreamId, StoredCheckpoint> checkpoints) => store.SaveAsync(
            Tenant, SubscriptionGroups.Subscribers, checkpoints, new DeliveryMeter(), CancellationToken.None);
    }

    [Fact]
    public async Task A_save_whose_answer_is_lost_costs_another_look_and_no_second_delivery()
    {
        await using var fixture = await DeliveryFixture.StartAsync();
        await fixture.AppendAsync("Requirement:r1", events: 2);
        var batch = Assert.Single(await fixture.ReadFeedAsync());
        using (fixture.Store.Account.Faults.Add(new FaultRule
        {
            Fault = new LostResponseFault(), Container = "subscriptions", Requests = [RequestKind.Batch], Times = 1,
        }))
        {
            await fixture.DeliverAsync(batch);
        }

        Assert.Equal(2, fixture.Subscriber.Deliveries.Count);
        await fixture.DeliverAsync(batch);
        Assert.Equal(2, fixture.Subscriber.Deliveries.Count);
    }

    [Fact]
    public async Task A_redaction_reaches_who_handled_the_event_before()
    {
        await using var fixture = await DeliveryFixture.StartAsync();
        await fixture.AppendAsync("Requirement:r1", events: 2);
        await fixture.DeliverAsync(Assert.Single(await fixture.ReadFeedAsync()));
        Assert.True(RedactionReason.TryParse("asked to", out var reason));
        await fixture.Process.Redactor.RedactAsync(Tenant, EventId.At(StreamId.Parse("Requirement:r1"), 2), new RedactionRequest(reason, "officer"), CancellationToken.None);

        await fixture.DeliverAsync(Assert.Single(await fixture.ReadFeedAsync()));

        var redaction = Assert.Single(fixture.Subscriber.Redactions);
        Assert.Equal((2, "officer"), (redaction.Event.Version, redaction.Event.Redaction!.By));
        Assert.Equal(2, fixture.Subscriber.Deliveries.Count);
    }

    private static string Print(StreamCheckpoint checkpoint) =>
        $"{checkpoint.Position} {checkpoint.Version} {string.Join('|', checkpoint.Handlers.Select(static h => $"{h.Handler} {h.Position} {string.Join(',', h.Revisions)} {h.Parking} {h.Last}"))} {string.Join('|', checkpoint.Skipped)}";
}
