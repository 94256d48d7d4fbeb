using QANexus.EventStore.Appending;
using QANexus.EventStore.Cosmos.Tests.Fixture;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Streams;
using QANexus.LocalCosmos.Faults;
using QANexus.LocalCosmos.Routing;

namespace QANexus.EventStore.Cosmos.Tests.Subscriptions;

/// <summary>
/// ACCEPTANCE.md section C, as far as it is about delivery: to publish is to append, and the change feed is the bus. The number of each scenario begins
/// its name.
/// </summary>
public sealed class PublisherScenarios
{
    private const string Stream = "Requirement:r1";

    private readonly ScriptedSubscriber bus = new("bus");

    [Fact]
    public async Task C41_A_published_event_is_appended_for_its_tenant_and_handed_to_the_bus()
    {
        await using var fixture = await DeliveryFixture.StartAsync(bus);

        await fixture.PublishAsync(Stream, "RequirementCreated");
        await fixture.DeliverAllAsync();

        var delivery = Assert.Single(bus.Handled);
        Assert.Equal((DeliveryFixture.Tenant, "RequirementCreated-r1"), (delivery.Tenant, delivery.Event.Id.Value));
        Assert.Equal(Assert.Single(await fixture.Store.Store.ReadAllAsync(StreamId.Parse(Stream))), delivery.Event);
        Assert.Empty(await fixture.Process.For("t2").ReadAllAsync(StreamId.Parse(Stream)));
    }

    [Fact]
    public async Task C42_Until_the_append_is_complete_the_bus_has_nothing_and_then_it_has_all_of_it()
    {
        await using var fixture = await DeliveryFixture.StartAsync(bus);
        using var hold = fixture.Store.Account.Faults.Add(
            new FaultRule { Fault = new DelayFault(TimeSpan.FromMinutes(1)), Requests = [RequestKind.Batch], Container = "events", Times = 1 });
        var publishing = fixture.PublishAsync(Stream, "RequirementCreated", "RequirementApproved");
        while (hold.Hits == 0 && !publishing.IsCompleted)
        {
            await Task.Yield();
        }

        await fixture.DeliverAllAsync();
        Assert.Empty(bus.Calls);
        Assert.False(publishing.IsCompleted);

        fixture.Store.Account.Clock.Advance(TimeSpan.FromMinutes(1));
        (await publishing).Stored();
        await fixture.DeliverAllAsync();
        Assert.Equal([1L, 2L], bus.Handled.Select(static delivery => delivery.Event.Version));
    }

    [Fact]
    public async Task C43_An_append_that_fails_is_an_error_for_the_caller_and_nothing_for_the_bus()
    {
        await using var fixture = await DeliveryFixture.StartAsync(bus);
        using (fixture.Store.Account.Faults.Add(Rejection()))
        {
            await Assert.ThrowsAsync<StoreUnavailableException>(() => fixture.PublishAsync(Stream, "RequirementCreated"));
        }

        await fixture.DeliverAllAsync();

        Assert.Empty(bus.Calls);
        Assert.Empty(await fixture.Store.Store.ReadAllAsync(StreamId.Parse(Stream)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task C44_A_bus_that_fails_leaves_the_event_stored_and_the_caller_content_and_delivers_it_later(bool isHandlerAtFault)
    {
        await using var fixture = await DeliveryFixture.StartAsync(bus);
        Assert.IsType<AppendResult.Appended>(await fixture.PublishAsync(Stream, "RequirementCreated"));
        bus.OnEvent = isHandlerAtFault ? static _ => throw new InvalidOperationException("no") : static _ => Task.CompletedTask;
        using (fixture.Store.Account.Faults.Add(
            new FaultRule { Fault = new StatusFault(503), Container = "subscriptions", Times = isHandlerAtFault ? 0 : null }))
        {
            await (isHandlerAtFault ? fixture.DeliverAllAsync() : Assert.ThrowsAsync<StoreUnavailableException>(fixture.DeliverAllAsync));
        }

        Assert.Single(await fixture.Store.Store.ReadAllAsync(StreamId.Parse(Stream)));
        Assert.Empty(bus.Handled);

        bus.OnEvent = static _ => Task.CompletedTask;
        await fixture.DeliverAllAsync();
        Assert.Empty(await fixture.RetryAsync(Stream));

        Assert.Equal(["RequirementCreated-r1"], bus.HandledIds);
    }

    [Fact]
    public async Task C45_Two_events_published_together_are_one_append_and_two_deliveries()
    {
        await using var fixture = await DeliveryFixture.StartAsync(bus);
        await fixture.PublishAsync(Stream, "RequirementCreated", "RequirementApproved");

        // One document is one append.
        Assert.Single(Newtonsoft.Json.Linq.JArray.Parse(Assert.Single(await fixture.ReadFeedAsync())));
        await fixture.DeliverAllAsync();
        Assert.Equal(2, bus.Handled.Count);
        Assert.All(bus.Handled, static delivery => Assert.Equal((DeliveryFixture.Tenant, 1), (delivery.Tenant, delivery.Event.Commit)));
    }

    [Fact]
    public async Task C46_The_append_of_both_events_comes_before_the_delivery_of_either()
    {
        await using var fixture = await DeliveryFixture.StartAsync(bus);
        var stored = new List<int>();
        bus.OnEvent = async _ => stored.Add((await fixture.Process.For("t1").ReadAllAsync(StreamId.Parse(Stream))).Count);

        await fixture.PublishAsync(Stream, "RequirementCreated", "RequirementApproved");
        await fixture.DeliverAllAsync();

        Assert.Equal([2, 2], stored);
    }

    [Fact]
    public async Task C47_An_empty_list_reaches_neither_the_store_nor_the_bus()
    {
        await using var fixture = await DeliveryFixture.StartAsync(bus);
        fixture.Process.Requests.Clear();

        await Assert.ThrowsAsync<InvalidAppendException>(() => fixture.PublishAsync(Stream));

        Assert.Equal(0, fixture.Process.Requests.Total.Requests);
        await fixture.DeliverAllAsync();
        Assert.Empty(bus.Calls);
    }

    [Fact]
    public async Task C48_A_batch_whose_append_fails_is_an_error_for_the_caller_and_nothing_of_it_is_delivered()
    {
        await using var fixture = await DeliveryFixture.StartAsync(bus);

        // More than fits into one document, so that it is several that all must be refused.
        var large = new AppendRequest { Stream = StreamId.Parse(Stream), Events = Some.Events(40, dataBytes: 4_000) };
        using (fixture.Store.Account.Faults.Add(Rejection()))
        {
            await Assert.ThrowsAsync<StoreUnavailableException>(() => fixture.Store.Store.AppendAsync(large, CancellationToken.None));
        }

        await fixture.DeliverAllAsync();
        Assert.Empty(bus.Calls);

        Assert.IsType<AppendResult.Appended>(await fixture.Store.Store.AppendAsync(large, CancellationToken.None));
        await fixture.DeliverAllAsync();
        Assert.Equal(Enumerable.Range(1, 40).Select(static n => (long)n), bus.Handled.Select(static delivery => delivery.Event.Version));
    }

    [Fact]
    public async Task C57_The_order_is_append_then_event_1_then_event_2()
    {
        await using var fixture = await DeliveryFixture.StartAsync(bus);
        var observed = new List<string>();
        bus.OnEvent = delivery =>
        {
            observed.Add($"deliver {delivery.Event.Id}");
            return Task.CompletedTask;
        };

        var receipt = (await fixture.PublishAsync(Stream, "RequirementCreated", "RequirementApproved")).Stored().Receipt;
        observed.Add($"append {receipt.Events.Count}");
        await fixture.DeliverAllAsync();

        Assert.Equal(["append 2", "deliver RequirementCreated-r1", "deliver RequirementApproved-r1"], observed);
    }

    [Fact]
    public async Task C58_Of_two_events_published_the_first_is_delivered_again_if_it_fails_and_the_second_is_delivered_after_it()
    {
        await using var fixture = await DeliveryFixture.StartAsync(bus);
        bus.OnEvent = static delivery => delivery is { Attempt: 1, Event.Version: 1 } ? throw new InvalidOperationException("no") : Task.CompletedTask;

        await fixture.PublishAsync(Stream, "RequirementCreated", "RequirementApproved");
        await fixture.DeliverAllAsync();

        Assert.Equal(2, (await fixture.Store.Store.ReadAllAsync(StreamId.Parse(Stream))).Count);
        Assert.Equal([(1L, 1), (1L, 2), (2L, 1)], bus.Calls.Select(static delivery => (delivery.Event.Version, delivery.Attempt)));
        Assert.Equal([1L, 2L], bus.Handled.Select(static delivery => delivery.Event.Version));
    }

    /// <summary>Within a stream the second waits, as order is worth more there.</summary>
    [Fact]
    public async Task C58_An_event_that_keeps_failing_holds_up_its_own_stream_until_it_is_tried_again_and_no_other()
    {
        await using var fixture = await DeliveryFixture.StartAsync(bus);
        bus.OnEvent = static delivery => delivery.Event.Id.Value == "RequirementCreated-r1" ? throw new InvalidOperationException("no") : Task.CompletedTask;

        await fixture.PublishAsync(Stream, "RequirementCreated", "RequirementApproved");
        await fixture.PublishAsync("Requirement:r2", "RequirementCreated");
        await fixture.DeliverAllAsync();

        Assert.Equal(["RequirementCreated-r2"], bus.HandledIds);
        Assert.Equal("RequirementCreated-r1", Assert.Single(await fixture.ParkedAsync()).EventId!.Value.Value);
        bus.OnEvent = static _ => Task.CompletedTask;
        Assert.Empty(await fixture.RetryAsync(Stream));
        Assert.Equal(["RequirementCreated-r2", "RequirementCreated-r1", "RequirementApproved-r1"], bus.HandledIds);
    }

    /// <summary>The store takes no writes of events.</summary>
    private static FaultRule Rejection() => new() { Fault = new StatusFault(403), Requests = [RequestKind.Batch], Container = "events" };
}
