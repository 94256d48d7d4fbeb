using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Snapshots;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Upcasting;
using QANexus.Testing.Samples;
using QANexus.Testing.Stores;

namespace QANexus.EventStore.Tests.Aggregates;

public sealed partial class DefinitionTests
{
    private static readonly EventType Opened = EventType.Parse("Opened");
    private static readonly EventType Closed = EventType.Parse("Closed");
    private static readonly EventType Painted = EventType.Parse("Painted");

    [Fact]
    public void A_type_or_a_class_that_is_registered_twice_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new DoorDefinition(static door => door.Open(Opened)));
        Assert.Throws<ArgumentException>(() => new DoorDefinition(static door => door.Open(Painted)));
    }

    [Fact]
    public void An_event_of_an_unknown_type_is_passed_over_only_where_the_author_says_so()
    {
        var painted = Event(Painted);
        var failed = Assert.Throws<FoldFailedException>(() => new DoorDefinition().Evolve(Door.Shut, painted));
        Assert.Equal("Event 1 of stream Door:d1, a Painted, cannot be folded into its aggregate: its type is not one that the aggregate knows.", failed.Message);
        Assert.Equal(Door.Shut, new DoorDefinition(static door => door.Skip(Painted)).Evolve(Door.Shut, painted));
        Assert.Throws<FoldFailedException>(() => new DoorDefinition(static door => door.Skip(Closed)).Evolve(Door.Shut, painted));
        Assert.Equal(Door.Shut, new DoorDefinition(static door => door.SkipOthers()).Evolve(Door.Shut, painted));
    }

    [Fact]
    public void A_fold_that_throws_is_an_error_that_names_the_event_and_quotes_nothing_of_it()
    {
        var failed = Assert.Throws<FoldFailedException>(() => new DoorDefinition().Evolve(Door.Shut, Event(Opened, """{"by":"nobody"}""")));
        Assert.Equal("Event 1 of stream Door:d1, a Opened, cannot be folded into its aggregate: its fold threw InvalidOperationException.", failed.Message);
        var unreadable = Assert.Throws<FoldFailedException>(() => new DoorDefinition().Evolve(Door.Shut, Event(Opened, """{"by":{"secret":1}}""")));
        Assert.EndsWith("its data are not what its class takes.", unreadable.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_fingerprint_of_a_state_changes_with_everything_that_decides_its_JSON()
    {
        var door = new DoorDefinition();
        string[] fingerprints =
        [
            StateSchema.FingerprintOf(door, EventCatalog.Empty),
            StateSchema.FingerprintOf(new DoorDefinition(revision: 2), EventCatalog.Empty),
            StateSchema.FingerprintOf(new DoorDefinition(initial: new Door(IsOpen: true, "nobody")), EventCatalog.Empty),
            StateSchema.FingerprintOf(new DoorDefinition(static d => d.Paint()), EventCatalog.Empty),
            StateSchema.FingerprintOf(new GateDefinition(), EventCatalog.Empty),
            StateSchema.FingerprintOf(door, Catalog(static types => types.Add(Opened).From(1).To(2, static _ => { }))),
            StateSchema.FingerprintOf(new RequirementDefinition(), EventCatalog.Empty),
        ];
        Assert.Distinct(fingerprints);
        Assert.Equal(fingerprints[0], StateSchema.FingerprintOf(new DoorDefinition(), EventCatalog.Empty));
        Assert.Equal(fingerprints[0], StateSchema.FingerprintOf(door, Catalog(static types => types.Add(Painted).AtVersion(1))));
    }

    [Fact]
    public async Task A_registered_aggregate_is_found_by_its_type_however_often_it_is_registered()
    {
        var (states, store) = Start(static services => services.AddAggregate<DoorDefinition>().Services.AddAggregate<DoorDefinition>());
        Assert.True(states.Knows(AggregateType.Parse("Door")));
        Assert.False(states.Knows(AggregateType.Parse("Window")));
        Assert.Null(await states.ReadAsync(store, StreamId.Parse("Door:d1"), new StateReadOptions(), CancellationToken.None));
        Assert.Null(await states.ReadAsync(store, StreamId.Parse("Window:w1"), new StateReadOptions(), CancellationToken.None));
        await Assert.ThrowsAsync<ArgumentException>(() => states.ReadAsync(
            store, StreamId.Parse("Door:d1"), new StateReadOptions { Version = 1, AsOf = DateTimeOffset.UnixEpoch }, CancellationToken.None));
    }

    [Fact]
    public void Two_definitions_of_one_type_are_refused_at_the_start()
    {
        var failed = Assert.Throws<InvalidOperationException>(
            () => Start(static services => services.AddAggregate<DoorDefinition>().Services.AddAggregate<GateDefinition>()));
        Assert.Contains("Door", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_defaults_are_those_that_are_documented_and_nonsense_is_refused()
    {
        using var services = new ServiceCollection().AddAggregates().Services.BuildServiceProvider();
        var options = services.GetRequiredService<IOptions<AggregateOptions>>().Value;
        Assert.Equal(
            (1_000, TimeSpan.FromSeconds(60), 10, TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(1), false),
            (options.CacheSize, options.CacheLifetime, options.MaxAttempts, options.FirstBackoff, options.MaxBackoff, options.KeepSnapshotsOnLoad));

        using var wrong = new ServiceCollection()
            .AddAggregates(static o => o.CacheLifetime = TimeSpan.FromMinutes(2)).Services.BuildServiceProvider();
        var failed = Assert.Throws<OptionsValidationException>(() => wrong.GetRequiredService<IOptions<AggregateOptions>>().Value);
        Assert.Contains("CacheLifetime", failed.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 99, false)]
    [InlineData(0, 100, true)]
    [InlineData(100, 199, false)]
    [InlineData(100, 250, true)]
    [InlineData(100, 100, false)]
    public void A_snapshot_is_due_every_hundred_events(long last, long current, bool due)
    {
        Assert.Equal(due, new DoorDefinition().Snapshots.IsDue(new StreamPosition(last, last), new StreamPosition(current, current)));
        Assert.False(SnapshotPolicy.OnDemand.IsDue(new StreamPosition(last, last), new StreamPosition(current, current)));
        Assert.Throws<ArgumentOutOfRangeException>(() => SnapshotPolicy.Every(0));
    }

    private static (IAggregateStates States, ITenantEventStore Store) Start(Action<IServiceCollection> configure)
    {
        var services = new ServiceCollection();
        configure(services);
        var provider = services.BuildServiceProvider();
        return (provider.GetRequiredService<IAggregateStates>(), new InMemoryEventStore(TimeProvider.System).ForTenant(TenantId.Parse("t1")));
    }

    private static EventCatalog Catalog(Action<EventCatalogBuilder> describe)
    {
        var builder = new EventCatalogBuilder();
        describe(builder);
        return builder.Build();
    }

    private static RecordedEvent Event(EventType type, string data = "{}") => new()
    {
        Id = EventId.At(StreamId.Parse("Door:d1"), 1),
        Type = type,
        SchemaVersion = 1,
        Stream = StreamId.Parse("Door:d1"),
        Version = 1,
        Commit = 1,
        OccurredAt = DateTimeOffset.UnixEpoch,
        StoredAt = DateTimeOffset.UnixEpoch,
        Data = EventStore.Json.JsonObjectText.Parse(data),
        Origin = new EventStore.Appending.AppendMetadata(),
    };

    private sealed record Door(bool IsOpen, string By)
    {
        public static Door Shut { get; } = new(IsOpen: false, string.Empty);
    }

    private sealed record Gate(bool IsOpen, string By, int Width);

    private sealed record DoorOpened(string By);

    private sealed record DoorPainted(string Colour);

    private sealed class DoorDefinition : AggregateDefinition<Door>
    {
        private readonly int revision = 1;

        public DoorDefinition()
            : this(configure: null)
        {
        }

        public DoorDefinition(Action<DoorDefinition>? configure = null, int revision = 1, Door? initial = null)
            : base(AggregateType.Parse("Door"), initial ?? Door.Shut, DoorJson.Default.Door)
        {
            this.revision = revision;
            Open(Opened);
            configure?.Invoke(this);
        }

        public override int FoldRevision => revision;

        public void Open(EventType type) => On(
            type, DoorJson.Default.DoorOpened,
            static (_, opened, _) => opened.By == "nobody" ? throw new InvalidOperationException("secret") : new Door(IsOpen: true, opened.By),
            static (_, _) => new Door(IsOpen: true, string.Empty));

        public void Paint() => On(Painted, DoorJson.Default.DoorPainted, static (door, _) => door);

        public void Skip(EventType type) => Ignore(type);

        public void SkipOthers() => IgnoreOthers();
    }

    private sealed class GateDefinition() : AggregateDefinition<Gate>(AggregateType.Parse("Door"), new Gate(IsOpen: false, string.Empty, 0), DoorJson.Default.Gate);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(Door))]
    [JsonSerializable(typeof(Gate))]
    [JsonSerializable(typeof(DoorOpened))]
    [JsonSerializable(typeof(DoorPainted))]
    private sealed partial class DoorJson : JsonSerializerContext;
}
