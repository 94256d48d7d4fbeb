using System.Diagnostics;
using Microsoft.Extensions.Options;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Cosmos.Tests.Fixture;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;
using QANexus.LocalCosmos.Faults;
using QANexus.LocalCosmos.Routing;
using QANexus.Testing.Telemetry;

namespace QANexus.EventStore.Cosmos.Tests.Subscriptions;

/// <summary>What the operations notes promise of metrics and traces, measured by whoever listens.</summary>
public sealed class DeliveryTelemetryTests : IDisposable
{
    private const string Stream = "Requirement:r1";
    private const string TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private static readonly (string, string) Group = ("subscription", "run-subscribers");

    private readonly RecordedTelemetry telemetry = new();
    private readonly ScriptedSubscriber first = new("first");
    private readonly ScriptedSubscriber second = new("second");

    public void Dispose() => telemetry.Dispose();

    [Fact]
    public async Task Every_event_handled_is_counted_by_group_and_handler_with_the_seconds_since_it_was_stored()
    {
        await using var fixture = await DeliveryFixture.StartAsync(first, second);
        var now = new DateTimeOffset(2026, 11, 25, 10, 0, 0, TimeSpan.Zero);
        fixture.Store.Clock.Now = now;
        await fixture.PublishAsync(Stream, "RequirementCreated", "RequirementApproved");
        fixture.Store.Clock.Now = now.AddSeconds(60);
        await fixture.PublishAsync(Stream, "RequirementRenamed");
        fixture.Store.Clock.Now = now.AddSeconds(67.5);

        await fixture.DeliverAllAsync();

        Assert.Equal([1, 1, 1], telemetry.Values("qanexus.subscription.handled", Group, ("handler", "first")));
        Assert.Equal([1, 1, 1], telemetry.Values("qanexus.subscription.handled", Group, ("handler", "second")));
        Assert.Equal([67.5, 67.5, 7.5], telemetry.Values("qanexus.subscription.lag", Group, ("handler", "first")));
        Assert.Empty(telemetry.Values("qanexus.subscription.retried"));
        Assert.Empty(telemetry.Values("qanexus.subscription.parked"));
    }

    [Fact]
    public async Task How_many_commits_a_stream_was_behind_is_measured_once_a_delivery()
    {
        await using var fixture = await DeliveryFixture.StartAsync(first);
        await fixture.PublishAsync(Stream, "RequirementCreated");
        await fixture.DeliverAllAsync();
        await fixture.PublishAsync("Requirement:r2", "RequirementCreated");
        for (var commit = 0; commit < 3; commit++)
        {
            await fixture.PublishAsync(Stream, $"RequirementNoted{commit}");
        }

        await fixture.DeliverAllAsync();
        await fixture.DeliverAllAsync();

        var behind = telemetry.Values("qanexus.subscription.lag_commits", Group);
        Assert.Equal([1, 1, 3], [behind[0], .. behind.Skip(1).Order()]);
    }

    [Fact]
    public async Task Attempts_that_failed_and_the_parking_after_them_are_counted_for_the_handler_that_failed()
    {
        await using var fixture = await DeliveryFixture.StartAsync(first, second);
        first.OnEvent = static delivery => delivery.Event.Type.Value == "Poison" ? throw new InvalidOperationException("no") : Task.CompletedTask;
        await fixture.PublishAsync(Stream, "RequirementCreated", "Poison", "RequirementApproved");

        await fixture.DeliverAllAsync();

        Assert.Equal(4, telemetry.Values("qanexus.subscription.retried", Group, ("handler", "first")).Sum());
        Assert.Equal([1], telemetry.Values("qanexus.subscription.parked", Group, ("handler", "first")));
        Assert.Equal([1], telemetry.Values("qanexus.subscription.handled", Group, ("handler", "first")));
        Assert.Equal([1, 1, 1], telemetry.Values("qanexus.subscription.handled", Group, ("handler", "second")));
        Assert.Empty(telemetry.Values("qanexus.subscription.retried", ("handler", "second")));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    public async Task The_request_units_of_a_delivery_are_what_its_requests_were_charged(int streams)
    {
        await using var fixture = await DeliveryFixture.StartAsync(first);
        for (var stream = 0; stream < streams; stream++)
        {
            await fixture.PublishAsync($"Requirement:r{stream}", "RequirementCreated");
        }

        var batch = Assert.Single(await fixture.ReadFeedAsync());
        fixture.Process.Requests.Clear();
        await fixture.DeliverAsync(batch);

        Assert.Equal(fixture.Process.Requests.Total.Charge, telemetry.Values("qanexus.subscription.request_charge", Group).Sum(), precision: 6);
    }

    [Fact]
    public async Task A_delivery_that_the_store_fails_has_cost_what_it_cost()
    {
        await using var fixture = await DeliveryFixture.StartAsync(first);
        await fixture.PublishAsync(Stream, "RequirementCreated");
        var batch = Assert.Single(await fixture.ReadFeedAsync());
        fixture.Process.Requests.Clear();
        using (fixture.Store.Account.Faults.Add(new FaultRule { Fault = new StatusFault(403), Requests = [RequestKind.Batch], Container = "subscriptions" }))
        {
            await Assert.ThrowsAsync<StoreUnavailableException>(() => fixture.DeliverAsync(batch));
        }

        var charge = Assert.Single(telemetry.Values("qanexus.subscription.request_charge", Group));
        Assert.Equal(fixture.Process.Requests.Total.Charge, charge, precision: 6);
        Assert.InRange(charge, 2, 3);
    }

    [Fact]
    public async Task A_delivery_is_traced_and_linked_to_the_append_that_it_comes_from()
    {
        await using var fixture = await DeliveryFixture.StartAsync(first);
        await AppendTracedAsync(fixture, TraceParent);

        await fixture.DeliverAllAsync();

        var activity = Assert.Single(DeliveriesIn(telemetry));
        Assert.Equal(("deliver first", ActivityKind.Consumer, ActivityStatusCode.Unset), (activity.OperationName, activity.Kind, activity.Status));
        var append = Assert.Single(activity.Links).Context;
        Assert.Equal(
            ("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", ActivityTraceFlags.Recorded, true),
            (append.TraceId.ToHexString(), append.SpanId.ToHexString(), append.TraceFlags, append.IsRemote));
        Assert.Equal(
            ["qanexus.aggregate_type=Requirement", "qanexus.event.count=1", "qanexus.event.type=RequirementCreated", "qanexus.event.version=1", "qanexus.handler=first",
                "qanexus.subscription=run-subscribers"],
            activity.TagObjects.Select(static tag => $"{tag.Key}={tag.Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_delivery_of_several_appends_is_linked_to_each_of_them_once_and_to_no_more_than_128()
    {
        var batching = new BatchTaker();
        await using var fixture = await DeliveryFixture.StartAsync(batching);
        for (var append = 0; append < SubscriptionTracing.MaxLinks + 2; append++)
        {
            await AppendTracedAsync(fixture, $"00-0af7651916cd43dd8448eb211c80319c-{append + 1:x16}-01", "RequirementCreated", "RequirementNoted");
        }

        var all = string.Join(',', (await fixture.ReadFeedAsync(pageSize: 1_000)).Select(static page => page[1..^1]));
        fixture.Get<IOptions<SubscriptionOptions>>().Value.CommitsPerRound = 1_000;
        await fixture.DeliverAsync($"[{all}]");

        var activity = Assert.Single(DeliveriesIn(telemetry));
        Assert.Equal((2 * (SubscriptionTracing.MaxLinks + 2), 2 * (SubscriptionTracing.MaxLinks + 2)), (batching.Count, activity.GetTagItem("qanexus.event.count")));
        Assert.Equal(
            Enumerable.Range(1, SubscriptionTracing.MaxLinks).Select(static append => $"{append:x16}"),
            activity.Links.Select(static link => link.Context.SpanId.ToHexString()));
    }

    [Fact]
    public async Task What_a_handler_does_is_part_of_the_delivery_and_failures_mark_it()
    {
        await using var fixture = await DeliveryFixture.StartAsync(first, second);
        var inside = new List<string?>();
        first.OnEvent = _ =>
        {
            inside.Add(Activity.Current?.Id);
            throw new InvalidOperationException("no");
        };
        await AppendTracedAsync(fixture, TraceParent);

        await fixture.DeliverAllAsync();

        Assert.Equal(2, DeliveriesIn(telemetry).Count);
        var failed = telemetry.Activities.Single(static activity => activity.OperationName == "deliver first");
        Assert.Equal((ActivityStatusCode.Error, "no"), (failed.Status, failed.StatusDescription));
        Assert.Equal([failed.Id, failed.Id, failed.Id, failed.Id, failed.Id], inside);
        Assert.Equal(ActivityStatusCode.Unset, telemetry.Activities.Single(static activity => activity.OperationName == "deliver second").Status);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("nonsense")]
    public async Task An_append_without_a_trace_is_delivered_without_a_link(string? traceParent)
    {
        await using var fixture = await DeliveryFixture.StartAsync(first);
        await AppendTracedAsync(fixture, traceParent);

        await fixture.DeliverAllAsync();

        Assert.Empty(Assert.Single(DeliveriesIn(telemetry)).Links);
        Assert.Single(first.Handled);
    }

    private static Task AppendTracedAsync(DeliveryFixture fixture, string? traceParent) => AppendTracedAsync(fixture, traceParent, "RequirementCreated");

    private static async Task AppendTracedAsync(DeliveryFixture fixture, string? traceParent, params IEnumerable<string> types) => (await fixture.Store.Store.AppendAsync(
        new AppendRequest
        {
            Stream = StreamId.Parse(Stream), Events = [.. types.Select(static type => Some.Event(type))], Metadata = new AppendMetadata { TraceParent = traceParent },
        },
        CancellationToken.None)).Stored();

    /// <summary>Without what the store does meanwhile.</summary>
    private static List<Activity> DeliveriesIn(RecordedTelemetry telemetry) =>
        [.. telemetry.Activities.Where(static activity => activity.OperationName.StartsWith("deliver ", StringComparison.Ordinal))];

    /// <summary>Takes whatever is new at once.</summary>
    private sealed class BatchTaker : IEventBatchSubscriber
    {
        public SubscriptionName Name { get; } = SubscriptionName.Parse("batch-taker");

        public IReadOnlyCollection<EventType>? EventTypes => null;

        public int Count { get; private set; }

        public Task HandleAsync(EventDelivery delivery, CancellationToken cancellationToken) => HandleAsync([delivery], cancellationToken);

        public Task HandleAsync(IReadOnlyList<EventDelivery> deliveries, CancellationToken cancellationToken)
        {
            Count += deliveries.Count;
            return Task.CompletedTask;
        }
    }
}
