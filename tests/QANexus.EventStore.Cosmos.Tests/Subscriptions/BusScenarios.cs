using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using QANexus.EventStore.Cosmos.Tests.Fixture;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;
using QANexus.LocalCosmos.Faults;
using QANexus.LocalCosmos.Routing;

namespace QANexus.EventStore.Cosmos.Tests.Subscriptions;

/// <summary>ACCEPTANCE.md section H, the event bus; the number of each scenario begins its name.</summary>
public sealed class BusScenarios
{
    private const string Stream = "Requirement:r1";

    private readonly ScriptedSubscriber created = new("created", "RequirementCreated");
    private readonly ScriptedSubscriber approved = new("approved", "RequirementApproved");
    private readonly ScriptedSubscriber everything = new("everything");

    [Fact]
    public async Task H94_An_event_goes_to_the_handlers_of_its_type_and_to_no_other()
    {
        await using var fixture = await DeliveryFixture.StartAsync(created, approved);

        await fixture.PublishAsync(Stream, "RequirementCreated");
        await fixture.DeliverAllAsync();

        Assert.Equal(["RequirementCreated-r1"], created.HandledIds);
        Assert.Empty(approved.Calls);
    }

    [Fact]
    public async Task H95_An_event_without_handlers_is_told_of_in_the_log_and_fails_nothing()
    {
        var logs = new RecordedLogs();
        await using var fixture = await DeliveryFixture.StartAsync(services => services
            .AddSingleton(logs).AddSingleton(typeof(ILogger<>), typeof(RecordingLogger<>)).AddSingleton<IEventSubscriber>(created));

        await fixture.PublishAsync(Stream, "SomethingElse");
        await fixture.PublishAsync(Stream, "RequirementCreated");
        await fixture.DeliverAllAsync();
        await fixture.DeliverAllAsync();

        Assert.Equal(["RequirementCreated-r1"], created.HandledIds);
        Assert.Empty(await fixture.ParkedAsync());
        Assert.Equal(
            (LogLevel.Warning, 4008, $"No handler of subscription run-subscribers takes events of type SomethingElse, as there was one in stream t1/{Stream}"),
            Assert.Single(logs.Messages, static message => message.Level >= LogLevel.Warning));
        fixture.Start([]);
        await fixture.DeliverAllAsync();
        Assert.Single(created.Calls);
    }

    [Fact]
    public async Task H96_A_handler_that_fails_keeps_neither_the_next_one_nor_the_publisher_from_success()
    {
        await using var fixture = await DeliveryFixture.StartAsync(created, everything);
        created.OnEvent = static _ => throw new InvalidOperationException("no");

        (await fixture.PublishAsync(Stream, "RequirementCreated")).Stored();
        await fixture.DeliverAllAsync();

        Assert.Empty(created.Handled);
        Assert.Equal(["RequirementCreated-r1"], everything.HandledIds);
        var parked = Assert.Single(await fixture.ParkedAsync());
        Assert.Equal((created.Name, 5), (parked.Handler, parked.Attempts));
    }

    [Theory]
    [InlineData(Misbehaviour.ThrowsBeforeItsFirstAwait, "InvalidOperationException: no")]
    [InlineData(Misbehaviour.ReturnsNoTask, "NullReferenceException: ")]
    [InlineData(Misbehaviour.FailsWithoutDetails, "InvalidOperationException: ")]
    [InlineData(Misbehaviour.SaysThatItWasCancelled, "OperationCanceledException: ")]
    [InlineData(Misbehaviour.FailsInSeveralWays, "AggregateException: ")]
    public async Task H97_However_a_handler_misbehaves_others_run_and_the_publisher_does_not_fail(Misbehaviour misbehaviour, string error)
    {
        var wild = new WildSubscriber(misbehaviour);
        await using var fixture = await DeliveryFixture.StartAsync(wild, everything);

        (await fixture.PublishAsync(Stream, "RequirementCreated")).Stored();
        await fixture.PublishAsync("Requirement:r2", "RequirementCreated");
        await fixture.DeliverAllAsync();

        Assert.Equal(["RequirementCreated-r1", "RequirementCreated-r2"], everything.HandledIds.Order(StringComparer.Ordinal));
        var parked = await fixture.ParkedAsync();
        Assert.Equal(2, parked.Count);
        Assert.All(parked, one => Assert.StartsWith(error, one.Error, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task H98_Events_published_one_after_the_other_come_to_a_handler_in_that_order(bool together)
    {
        await using var fixture = await DeliveryFixture.StartAsync(everything);
        for (var stream = 1; stream <= 5; stream++)
        {
            foreach (var commit in together ? [["First", "Second", "Third"]] : new string[][] { ["First"], ["Second"], ["Third"] })
            {
                await fixture.PublishAsync($"Requirement:r{stream}", commit);
            }
        }

        await fixture.DeliverAllAsync();

        Assert.Equal(15, everything.Handled.Count);
        Assert.All(
            everything.Handled.GroupBy(static delivery => delivery.Event.Stream),
            static stream => Assert.Equal(["First", "Second", "Third"], stream.Select(static delivery => delivery.Event.Type.Value)));
    }

    [Fact]
    public async Task H99_A_handler_registered_twice_runs_once_and_counts_once()
    {
        await using var fixture = await DeliveryFixture.StartAsync(static services => services
            .AddSingleton<List<string>>().AddEventSubscriber<CountingSubscriber>().AddEventSubscriber<CountingSubscriber>());

        await fixture.PublishAsync(Stream, "RequirementCreated");
        await fixture.DeliverAllAsync();

        Assert.Equal(["RequirementCreated-r1"], fixture.Get<List<string>>());
        Assert.Equal(["counting"], await HandlersAsync(fixture));
    }

    [Fact]
    public async Task H100_A_handler_that_is_removed_runs_no_more()
    {
        await using var fixture = await DeliveryFixture.StartAsync(created, everything);
        await fixture.PublishAsync(Stream, "RequirementCreated");
        await fixture.DeliverAllAsync();

        fixture.Start(everything);
        await fixture.PublishAsync("Requirement:r2", "RequirementCreated");
        await fixture.DeliverAllAsync();

        Assert.Equal(["RequirementCreated-r1"], created.HandledIds);
        Assert.Equal(["RequirementCreated-r1", "RequirementCreated-r2"], everything.HandledIds);
        Assert.Equal(["everything"], await HandlersAsync(fixture));
    }

    [Fact]
    public async Task H101_Handlers_are_counted_all_together_and_by_event_type()
    {
        await using var fixture = await DeliveryFixture.StartAsync(created, approved);

        Assert.Equal(["approved", "created"], (await HandlersAsync(fixture)).Order(StringComparer.Ordinal));
        Assert.Equal(1, fixture.Get<SubscriberGroup>().Lane.Handlers.Count(static handler => handler.Interest.Takes(EventType.Parse("RequirementCreated"))));
    }

    [Fact]
    public async Task H102_A_handler_that_reads_the_store_finds_its_event_there()
    {
        await using var fixture = await DeliveryFixture.StartAsync(everything);
        var found = new List<bool>();
        everything.OnEvent = async delivery =>
            found.Add((await fixture.Process.Store.ForTenant(delivery.Tenant).ReadAllAsync(delivery.Event.Stream)).Contains(delivery.Event));

        await fixture.PublishAsync(Stream, "RequirementCreated", "RequirementApproved");
        await fixture.DeliverAllAsync();

        Assert.Equal([true, true], found);
    }

    /// <summary>What was handled and saved is not delivered again; what was handled and not saved is, under the id that it had before.</summary>
    [Fact]
    public async Task H103_A_second_delivery_has_no_second_effect()
    {
        await using var fixture = await DeliveryFixture.StartAsync(everything);
        var effects = new Dictionary<string, string>();
        everything.OnEvent = delivery =>
        {
            effects.TryAdd(delivery.Id, delivery.Event.Id.Value);
            return Task.CompletedTask;
        };
        await fixture.PublishAsync(Stream, "RequirementCreated");
        using (fixture.Store.Account.Faults.Add(new FaultRule { Fault = new StatusFault(503), Requests = [RequestKind.Batch], Container = "subscriptions" }))
        {
            await Assert.ThrowsAsync<StoreUnavailableException>(fixture.DeliverAllAsync);
        }

        fixture.Start();
        await fixture.DeliverAllAsync();
        fixture.Start();
        await fixture.DeliverAllAsync();

        Assert.Equal(2, everything.Calls.Count);
        Assert.Equal("everything/Requirement:r1:1", Assert.Single(effects).Key);
    }

    private static async Task<IEnumerable<string>> HandlersAsync(DeliveryFixture fixture) =>
        (await fixture.Get<ISubscriptionOperations>().ListAsync(DeliveryFixture.Tenant, CancellationToken.None))
            .Single(static status => status.Name == SubscriptionGroups.Subscribers).Handlers.Select(static handler => handler.Value);

    public enum Misbehaviour
    {
        ThrowsBeforeItsFirstAwait,
        ReturnsNoTask,
        FailsWithoutDetails,
        SaysThatItWasCancelled,
        FailsInSeveralWays,
    }

    private sealed class WildSubscriber(Misbehaviour misbehaviour) : IEventSubscriber
    {
        public SubscriptionName Name { get; } = SubscriptionName.Parse("wild");

        public IReadOnlyCollection<EventType>? EventTypes => null;

        public Task HandleAsync(EventDelivery delivery, CancellationToken cancellationToken) => misbehaviour switch
        {
            Misbehaviour.ReturnsNoTask => Enumerable.Empty<Task>().FirstOrDefault()!,
            Misbehaviour.FailsWithoutDetails => Task.FromException(new InvalidOperationException(string.Empty)),
            Misbehaviour.SaysThatItWasCancelled => Task.FromException(new OperationCanceledException()),
            Misbehaviour.FailsInSeveralWays => Task.FromException(new AggregateException()),
            _ => throw new InvalidOperationException("no"),
        };
    }

    private sealed class CountingSubscriber(List<string> handled) : IEventSubscriber
    {
        public SubscriptionName Name { get; } = SubscriptionName.Parse("counting");

        public IReadOnlyCollection<EventType>? EventTypes => null;

        public Task HandleAsync(EventDelivery delivery, CancellationToken cancellationToken)
        {
            handled.Add(delivery.Event.Id.Value);
            return Task.CompletedTask;
        }
    }
}
