using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Json;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;
using QANexus.EventStore.Upcasting;

namespace QANexus.EventStore.Tests.Subscriptions;

/// <summary>Commits, checkpoints and subscribers in memory, over which as many processes deliver as a test wants.</summary>
internal sealed class DeliveryWorld : ICommitSource, ICheckpointStore, ICommitHeads
{
    private readonly Lock gate = new();
    private readonly Dictionary<StreamKey, List<StoredCommit>> streams = [];
    private readonly Dictionary<(TenantId Tenant, SubscriptionName Group, StreamId Stream), StoredCheckpoint> checkpoints = [];
    private int tags;

    public static TenantId Tenant { get; } = TenantId.Parse("acme");

    public SubscriptionOptions Options { get; } = new() { MaxAttempts = 2, FirstBackoff = TimeSpan.Zero, MaxBackoff = TimeSpan.Zero };

    public EventCatalog Catalog { get; init; } = EventCatalog.Empty;

    /// <summary>Throws before or after a save, as a store does whose answer is lost or that is throttled.</summary>
    public Func<SaveMoment, bool> FailSave { get; set; } = static _ => false;

    public int RangeReads => Ranges.Count;

    /// <summary>The gaps that were read: behind which commit, up to which, and of how many types; null of all.</summary>
    public List<(long After, long UpTo, int? Types)> Ranges { get; } = [];

    public int DirectReads { get; private set; }

    public int Saves { get; private set; }

    public enum SaveMoment
    {
        Before,
        After,
    }

    public static StreamKey Stream(string id) => new(Tenant, StreamId.Parse($"Thing:{id}"));

    /// <summary>Appends one commit with an event of each type.</summary>
    public StoredCommit Append(StreamKey stream, params string[] types)
    {
        lock (gate)
        {
            var commits = streams.TryGetValue(stream, out var found) ? found : streams[stream] = [];
            var version = commits.Sum(static commit => commit.Events.Count);
            var number = commits.Count + 1;
            var stored = new StoredCommit
            {
                Address = new CommitAddress(stream, number),
                Events = [.. types.Select((type, index) => Event(stream.Stream, type, number, version + 1 + index))],
            };
            commits.Add(stored);
            return stored;
        }
    }

    /// <summary>Redacts every event of a commit.</summary>
    public StoredCommit Redact(StreamKey stream, long number)
    {
        lock (gate)
        {
            var commit = streams[stream][(int)number - 1];
            return streams[stream][(int)number - 1] = commit with
            {
                Revision = commit.Revision + 1,
                Events = [.. commit.Events.Select(static e => e with { Redaction = new Redaction(DateTimeOffset.UnixEpoch, "officer", "asked to") })],
            };
        }
    }

    public void Damage(StreamKey stream, long number)
    {
        lock (gate)
        {
            var commit = streams[stream][(int)number - 1];
            streams[stream][(int)number - 1] = commit with { Events = [], Damage = new CorruptStreamException(stream.Stream, "a test broke it") };
        }
    }

    public IReadOnlyList<StoredCommit> CommitsOf(StreamKey stream)
    {
        lock (gate)
        {
            return [.. streams[stream]];
        }
    }

    public Process Start(params IEventSubscriber[] subscribers) => new(this, subscribers);

    public static Doorbell Ring(StoredCommit commit) =>
        new(commit.Address.Stream, commit.Number, [.. commit.Events.Select(static e => e.Type).Distinct()], commit.Revision);

    public StreamCheckpoint CheckpointOf(StreamKey stream)
    {
        lock (gate)
        {
            return checkpoints.TryGetValue((stream.Tenant, SubscriptionGroups.Subscribers, stream.Stream), out var found)
                ? found.Checkpoint
                : StreamCheckpoint.Start;
        }
    }

    public Task<IReadOnlyList<StoredCommit>> ReadAsync(
        IReadOnlyCollection<CommitAddress> addresses, DeliveryMeter meter, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            DirectReads++;
            return Task.FromResult<IReadOnlyList<StoredCommit>>(
                [.. addresses.Where(address => address.Number <= streams[address.Stream].Count).Select(address => streams[address.Stream][(int)address.Number - 1])]);
        }
    }

    public Task<CommitRange> ReadRangeAsync(
        StreamKey stream, long after, long upTo, EventInterest interest, DeliveryMeter meter, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            Ranges.Add((after, upTo, interest.Types?.Count));
            // Small pages, so that a gap takes several.
            List<StoredCommit> found =
                [.. streams[stream].Where(commit => commit.Number > after && commit.Number <= upTo && (interest.TakesAny(commit) || commit.Number == upTo)).Take(3)];
            return Task.FromResult(new CommitRange(found, found.Count == 3 ? found[^1].Number : upTo));
        }
    }

    public Task<long> ReadTailAsync(StreamKey stream, DeliveryMeter meter, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult<long>(streams.TryGetValue(stream, out var found) ? found.Count : 0);
        }
    }

    public Task<IReadOnlyDictionary<StreamId, StoredCheckpoint>> LoadAsync(
        TenantId tenant, SubscriptionName group, IReadOnlyCollection<StreamId> streams, DeliveryMeter meter, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult<IReadOnlyDictionary<StreamId, StoredCheckpoint>>(streams
                .Where(stream => checkpoints.ContainsKey((tenant, group, stream)))
                .ToDictionary(static stream => stream, stream => checkpoints[(tenant, group, stream)]));
        }
    }

    public Task<IReadOnlyDictionary<StreamId, StoredCheckpoint>> SaveAsync(
        TenantId tenant, SubscriptionName group, IReadOnlyDictionary<StreamId, StoredCheckpoint> checkpoints, DeliveryMeter meter,
        CancellationToken cancellationToken)
    {
        lock (gate)
        {
            Fail(SaveMoment.Before);
            Saves++;
            var saved = new Dictionary<StreamId, StoredCheckpoint>();
            foreach (var (stream, checkpoint) in checkpoints)
            {
                if (this.checkpoints.GetValueOrDefault((tenant, group, stream))?.Tag == checkpoint.Tag)
                {
                    saved[stream] = checkpoint with { Tag = (++tags).ToString(CultureInfo.InvariantCulture) };
                    this.checkpoints[(tenant, group, stream)] = saved[stream];
                }
            }

            Fail(SaveMoment.After);
            return Task.FromResult<IReadOnlyDictionary<StreamId, StoredCheckpoint>>(saved);
        }
    }

    public Task<IReadOnlyList<KeyValuePair<StreamId, StoredCheckpoint>>> ParkedAsync(
        TenantId tenant, SubscriptionName group, int maxCount, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult<IReadOnlyList<KeyValuePair<StreamId, StoredCheckpoint>>>(
            [
                .. checkpoints.Where(pair => pair.Key.Tenant == tenant && pair.Key.Group == group && pair.Value.Checkpoint.ParkedCount > 0)
                    .Select(static pair => KeyValuePair.Create(pair.Key.Stream, pair.Value)),
            ]);
        }
    }

    public async Task<long> CountParkedAsync(TenantId tenant, SubscriptionName group, CancellationToken cancellationToken) =>
        (await ParkedAsync(tenant, group, int.MaxValue, cancellationToken)).Count;

    public Task<long> CountAllParkedAsync(SubscriptionName group, DeliveryMeter meter, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult(checkpoints.LongCount(pair => pair.Key.Group == group && pair.Value.Checkpoint.ParkedCount > 0));
        }
    }

    public Task<IReadOnlyList<CommitHead>> NewestAsync(TenantId tenant, int maxCount, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult<IReadOnlyList<CommitHead>>(
            [
                .. streams.Values.SelectMany(static commits => commits).Where(commit => commit.Address.Stream.Tenant == tenant)
                    .Select(static commit => new CommitHead(commit.Address, [.. commit.Events.Select(static e => e.Type)], DateTimeOffset.UnixEpoch))
                    .Take(maxCount),
            ]);
        }
    }

    public async Task<long> CountAsync(TenantId tenant, CancellationToken cancellationToken) =>
        (await NewestAsync(tenant, int.MaxValue, cancellationToken)).Count;

    private void Fail(SaveMoment moment)
    {
        if (FailSave(moment))
        {
            throw new StoreUnavailableException($"A test made it fail {moment} saving.", TimeSpan.Zero);
        }
    }

    private static RecordedEvent Event(StreamId stream, string type, long commit, long version) => new()
    {
        Id = EventId.At(stream, version),
        Type = EventType.Parse(type),
        SchemaVersion = 1,
        Stream = stream,
        Version = version,
        Commit = commit,
        OccurredAt = DateTimeOffset.UnixEpoch,
        StoredAt = DateTimeOffset.UnixEpoch,
        Data = JsonObjectText.Empty,
        Origin = new AppendMetadata(),
    };

    /// <summary>What one process has: a memory of its own.</summary>
    internal sealed class Process
    {
        private readonly SubscriberGroup group;
        private readonly DeliveryEngine engine;

        public Process(DeliveryWorld world, IEventSubscriber[] subscribers)
        {
            var options = Microsoft.Extensions.Options.Options.Create(world.Options);
            var upcaster = new EventUpcaster(world.Catalog);
            var metrics = new SubscriptionMetrics();
            group = new SubscriberGroup(subscribers, upcaster, world, options, metrics, TimeProvider.System, NullLogger<SubscriberGroup>.Instance);
            var services = new DeliveryServices(
                world, upcaster, new SeenCommits(options), options, metrics, TimeProvider.System, NullLogger<DeliveryEngine>.Instance);
            engine = new DeliveryEngine(services);
            Operations = new SubscriptionOperations(
                [group], engine, world, new LagMeasurement(world, services.Seen, TimeProvider.System), services);
            Runner = new SubscriptionRunner([group], engine, snapshots: null, NullLogger<SubscriptionRunner>.Instance);
        }

        public SubscriptionOperations Operations { get; }

        public SubscriptionRunner Runner { get; }

        public Task DeliverAsync(params IEnumerable<Doorbell> doorbells) => DeliverAsync(doorbells, CancellationToken.None);

        public Task DeliverAsync(IEnumerable<Doorbell> doorbells, CancellationToken cancellationToken) => engine.DeliverAsync(group, doorbells, cancellationToken);

        /// <summary>As a trigger with an unlimited retry does.</summary>
        public async Task DeliverUntilDoneAsync(IReadOnlyList<Doorbell> doorbells)
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    await DeliverAsync(doorbells);
                    return;
                }
                catch (StoreUnavailableException) when (attempt < 1_000)
                {
                    // The batch comes again.
                }
            }
        }
    }
}

/// <summary>Writes down what it is given, and fails where a test wants.</summary>
internal sealed class RecordingSubscriber(string name, params string[] types) : IEventSubscriber
{
    private readonly ConcurrentQueue<EventDelivery> deliveries = new();
    private readonly ConcurrentQueue<EventDelivery> redactions = new();

    public SubscriptionName Name { get; } = SubscriptionName.Parse(name);

    public IReadOnlyCollection<EventType>? EventTypes { get; } = types.Length == 0 ? null : [.. types.Select(EventType.Parse)];

    /// <summary>Throws for a delivery, before it is written down.</summary>
    public Action<EventDelivery> OnEvent { get; set; } = static _ => { };

    public Action<EventDelivery> OnRedaction { get; set; } = static _ => { };

    public IReadOnlyList<EventDelivery> Deliveries => [.. deliveries];

    public IReadOnlyList<EventDelivery> Redactions => [.. redactions];

    /// <summary>The versions of a stream in the order in which they first came.</summary>
    public IReadOnlyList<long> VersionsOf(StreamKey stream) =>
        [.. deliveries.Where(d => d.Event.Stream == stream.Stream).Select(static d => d.Event.Version).Distinct()];

    public Task HandleAsync(EventDelivery delivery, CancellationToken cancellationToken)
    {
        OnEvent(delivery);
        deliveries.Enqueue(delivery);
        return Task.CompletedTask;
    }

    public Task OnRedactedAsync(EventDelivery delivery, CancellationToken cancellationToken)
    {
        OnRedaction(delivery);
        redactions.Enqueue(delivery);
        return Task.CompletedTask;
    }
}
