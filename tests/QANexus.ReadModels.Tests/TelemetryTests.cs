using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using QANexus.EventStore;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Json;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;
using QANexus.EventStore.Views;
using QANexus.ReadModels.Tests.Fixture;
using QANexus.ReadModels.Tests.Views;
using QANexus.Testing.Telemetry;
using QANexus.Testing.Time;

namespace QANexus.ReadModels.Tests;

/// <summary>What the operations notes promise of the metrics of views and of the reconciler.</summary>
public sealed class TelemetryTests : IDisposable
{
    private static readonly (string, string) Views = ("subscription", "project-views");
    private static readonly (string, string) Subscribers = ("subscription", "run-subscribers");

    private static readonly DateTimeOffset Start = new(2026, 11, 25, 10, 0, 0, TimeSpan.Zero);

    private static readonly NewEvent Reported = new() { Type = EventType.Parse("Reported"), Data = JsonObjectText.Parse("{}") };

    private readonly RecordedTelemetry telemetry = new();
    private readonly ManualTimeProvider clock = new(Start);

    public void Dispose() => telemetry.Dispose();

    [Fact]
    public async Task Each_view_counts_the_events_that_it_has_taken_and_their_age()
    {
        await using var fixture = await StartAsync();
        await fixture.AppendAsync("Bug:b1", ("Reported", "2026-11-25T10:00:00Z"), ("Triaged", "2026-11-25T10:00:00Z"));
        clock.Advance(TimeSpan.FromSeconds(12));

        await fixture.DeliverAsync();
        await fixture.DeliverAsync();

        Assert.All(["stream-list", "activity"], view =>
        {
            Assert.Equal([1, 1], telemetry.Values("qanexus.subscription.handled", Views, ("handler", view)));
            Assert.Equal([12, 12], telemetry.Values("qanexus.subscription.lag", Views, ("handler", view)));
        });
        Assert.InRange(telemetry.Values("qanexus.subscription.request_charge", Views).Sum(), 10, 100);
    }

    [Fact]
    public async Task A_view_that_cannot_take_an_event_counts_a_parked_stream_and_no_attempts()
    {
        // Its document is made of texts, which these events do not have.
        await using var fixture = await StartAsync(static services => services.AddProjection<NotesOfStream>());
        await fixture.AppendAsync("Bug:b1", ("Reported", "2026-11-25T10:00:00Z"));

        await fixture.DeliverAsync();

        Assert.Equal([1], telemetry.Values("qanexus.subscription.parked", Views, ("handler", "notes-of-stream")));
        Assert.Equal([1], telemetry.Values("qanexus.subscription.parked"));
        Assert.Empty(telemetry.Values("qanexus.subscription.retried"));
        Assert.Empty(telemetry.Values("qanexus.subscription.handled", ("handler", "notes-of-stream")));
        Assert.Equal([1], telemetry.Values("qanexus.subscription.handled", Views, ("handler", "activity")));
    }

    /// <summary>What the alert stands on: the streams of all tenants, told anew each minute until there are none.</summary>
    [Fact]
    public async Task The_reconciler_tells_how_many_streams_are_parked_until_none_is()
    {
        await using var fixture = await StartAsync(static services => services.AddProjection<NotesOfStream>());
        await fixture.AppendAsync("Bug:b1", ("Reported", "2026-11-25T10:00:00Z"));
        await fixture.AppendAsync("Bug:b2", ("Reported", "2026-11-25T10:00:00Z"));
        await fixture.Get<IEventStore>().ForTenant(TenantId.Parse("other")).AppendAsync(
            new AppendRequest { Stream = StreamId.Parse("Bug:b1"), Events = [Reported] }, CancellationToken.None);
        var reconciler = fixture.Get<Reconciler>();
        await reconciler.RunAsync(CancellationToken.None);
        await fixture.DeliverAsync();
        await reconciler.RunAsync(CancellationToken.None);
        await reconciler.RunAsync(CancellationToken.None);

        foreach (var (tenant, stream) in new[] { ("acme", "Bug:b1"), ("acme", "Bug:b2"), ("other", "Bug:b1") })
        {
            await fixture.Get<ISubscriptionOperations>().SkipAsync(
                TenantId.Parse(tenant), SubscriptionGroups.Views, StreamId.Parse(stream), handler: null, "cannot be told", "ada", CancellationToken.None);
            await reconciler.RunAsync(CancellationToken.None);
        }

        Assert.Equal([0, 3, 3, 2, 1, 0], telemetry.Values("qanexus.subscription.parked_streams", Views));
        Assert.Equal([0, 0, 0, 0, 0, 0], telemetry.Values("qanexus.subscription.parked_streams", Subscribers));
    }

    /// <summary>What a build that kept another view has left behind is nobody's to retry.</summary>
    [Fact]
    public async Task Streams_that_are_parked_in_a_view_which_no_code_keeps_are_not_told()
    {
        await using var fixture = await StartAsync();
        var views = fixture.Get<IViewStore>();
        foreach (var (name, version) in new[] { ("stream-list", 1), ("stream-list", 2), ("stream-lists", 1), ("gone", 1), ("gone", 2) })
        {
            var parking = new Parking(1, "Bug:b1:1", "Reported", "no", 5, Start, Start, IsRevision: false);
            var checkpoint = new StreamCheckpoint { Handlers = [new HandlerCheckpoint(SubscriptionName.Parse(name), new EventPosition(1, 0), [], parking)] };
            await views.CreateMissingAsync(
                ReadModelFixture.Tenant, new ViewVersion(SubscriptionName.Parse(name), version), [new StoredView("Bug:b1") { Checkpoint = checkpoint, Stream = StreamId.Parse("Bug:b1") }],
                new DeliveryMeter(), CancellationToken.None);
        }

        await fixture.Get<Reconciler>().RunAsync(CancellationToken.None);

        Assert.Equal([2], telemetry.Values("qanexus.subscription.parked_streams", Views));
    }

    /// <summary>Two queries a minute, whatever the number of tenants and streams; the figure of the operations notes.</summary>
    [Fact]
    public async Task Counting_parked_streams_costs_what_the_operations_notes_say()
    {
        await using var fixture = await StartAsync();

        await fixture.Get<Reconciler>().RunAsync(CancellationToken.None);

        Assert.Equal([2.8], telemetry.Values("qanexus.subscription.request_charge", Views));
        Assert.Equal([2.8], telemetry.Values("qanexus.subscription.request_charge", Subscribers));
    }

    [Fact]
    public async Task Each_view_traces_what_it_is_given_and_names_the_appends_that_it_comes_from()
    {
        await using var fixture = await StartAsync();
        string[] appends = ["00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203332-01"];
        foreach (var (index, traceParent) in appends.Index())
        {
            await fixture.Store.AppendAsync(
                new AppendRequest
                {
                    Stream = StreamId.Parse($"Bug:b{index}"),
                    Events = [Reported, Reported],
                    Metadata = new AppendMetadata { TraceParent = traceParent },
                },
                CancellationToken.None);
        }

        await fixture.DeliverAsync();

        var project = Assert.Single(telemetry.Activities, static activity => activity.OperationName == "project activity");
        Assert.Equal(
            ["qanexus.event.count=4", "qanexus.handler=activity", "qanexus.subscription=project-views"],
            project.TagObjects.Select(static tag => $"{tag.Key}={tag.Value}").Order(StringComparer.Ordinal));
        Assert.Equal(ActivityStatusCode.Unset, project.Status);
        Assert.Equal(appends, project.Links.Select(static link => $"00-{link.Context.TraceId}-{link.Context.SpanId}-01").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_reconciler_counts_what_a_trigger_lost_and_nothing_where_none_lost_anything()
    {
        await using var fixture = await StartAsync();
        for (var n = 1; n <= 3; n++)
        {
            await fixture.AppendAsync($"Bug:b{n}", ("Reported", "2026-11-25T10:00:00Z"));
        }

        // The subscribers have handled everything, the views nothing.
        foreach (var batch in await fixture.ReadFeedAsync())
        {
            await fixture.Get<SubscriptionRunner>().DeliverAsync(SubscriptionGroups.Subscribers, batch, CancellationToken.None);
        }

        await LeaseAsync(fixture, 3);
        await fixture.Get<Reconciler>().RunAsync(CancellationToken.None);

        // Of three commits, to each of the two views.
        Assert.Equal([6], telemetry.Values("qanexus.subscription.redelivered", Views));
        Assert.Empty(telemetry.Values("qanexus.subscription.redelivered", Subscribers));
        Assert.InRange(telemetry.Values("qanexus.subscription.request_charge", Subscribers).Sum(), 3, 50);
    }

    [Fact]
    public async Task The_reconciler_tells_how_old_the_commits_are_that_it_is_at()
    {
        await using var fixture = await StartAsync(static services => services.Configure<SubscriptionOptions>(
            static options => options.ReconcileDelay = TimeSpan.FromMinutes(5)));
        await fixture.AppendAsync("Bug:b1", ("Reported", "2026-11-25T10:00:00Z"));
        await LeaseAsync(fixture, 1);

        // Not due yet, then due.
        clock.Advance(TimeSpan.FromMinutes(4));
        await fixture.Get<Reconciler>().RunAsync(CancellationToken.None);
        clock.Advance(TimeSpan.FromMinutes(1));
        await fixture.Get<Reconciler>().RunAsync(CancellationToken.None);

        // The commit that waits; the commit that it passes; the end of the feed.
        Assert.Equal([240, 300, 0], telemetry.Values("qanexus.reconciler.lag", Views));
        Assert.Equal([240, 300, 0], telemetry.Values("qanexus.reconciler.lag", Subscribers));
    }

    /// <summary>Nothing is delivered, so nothing is delivered late: the alert on a feed that stands has only this to go by.</summary>
    [Fact]
    public async Task A_trigger_that_stands_shows_in_the_lag_of_the_reconciler()
    {
        await using var fixture = await StartAsync(static services => services.Configure<SubscriptionOptions>(
            static options => options.ReconcileDelay = TimeSpan.FromMinutes(5)));
        await fixture.AppendAsync("Bug:b1", ("Reported", "2026-11-25T10:00:00Z"));
        await fixture.AppendAsync("Bug:b2", ("Reported", "2026-11-25T10:00:00Z"));
        await LeaseAsync(fixture, 1);

        clock.Advance(TimeSpan.FromMinutes(20));
        await fixture.Get<Reconciler>().RunAsync(CancellationToken.None);

        Assert.Equal([1200], telemetry.Values("qanexus.reconciler.lag", Views));
    }

    private async Task<ReadModelFixture> StartAsync(Action<IServiceCollection>? configure = null)
    {
        var fixture = await ReadModelFixture.StartAsync(services =>
        {
            services.AddSingleton<TimeProvider>(clock);
            configure?.Invoke(services);
        });
        fixture.Account.Clock.Stop();
        fixture.Account.Clock.Set(Start);
        return fixture;
    }

    private static async Task LeaseAsync(ReadModelFixture fixture, long sequence)
    {
        await fixture.LeaseAsync(SubscriptionGroups.Views, sequence);
        await fixture.LeaseAsync(SubscriptionGroups.Subscribers, sequence);
    }
}
