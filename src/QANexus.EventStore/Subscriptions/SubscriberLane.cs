using Microsoft.Extensions.Logging;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Upcasting;

namespace QANexus.EventStore.Subscriptions;

/// <summary>The subscribers of a group: they share one checkpoint a stream, and only a handler that failed has a position of its own.</summary>
internal sealed class SubscriberLane : ILane
{
    private readonly ICheckpointStore store;
    private readonly SubscriptionOptions options;
    private readonly RecentEntries<StreamKey, StoredCheckpoint> remembered;

    public SubscriberLane(
        SubscriptionName group, IEnumerable<IEventSubscriber> subscribers, EventCatalog catalog, ICheckpointStore store, SubscriptionOptions options,
        SubscriptionMetrics metrics, TimeProvider time, ILogger logger)
    {
        Group = group;
        this.store = store;
        this.options = options;
        remembered = new RecentEntries<StreamKey, StoredCheckpoint>(options.RememberedStreams);
        Checkpoints = new GroupCheckpoints(this, store);
        Handlers = [.. subscribers.Select(subscriber => new HandlerRunner(group, subscriber, catalog, options, metrics, time, logger))];
        Interest = EventInterest.Union(Handlers.Select(static handler => handler.Interest));
    }

    public SubscriptionName Group { get; }

    public string Name => Group.Value;

    public EventInterest Interest { get; }

    public IReadOnlyList<HandlerRunner> Handlers { get; }

    public ILaneCheckpoints Checkpoints { get; }

    public bool Takes(StreamId stream) => Handlers.Any(handler => handler.Takes(stream));

    public async Task<ILaneSession> OpenAsync(
        TenantId tenant, IReadOnlyCollection<StreamId> streams, DeliveryMeter meter, CancellationToken cancellationToken)
    {
        var checkpoints = new Dictionary<StreamId, StoredCheckpoint>();
        foreach (var stream in streams)
        {
            if (remembered.Find(new StreamKey(tenant, stream)) is { } known)
            {
                checkpoints[stream] = known;
            }
        }

        var unknown = streams.Where(stream => !checkpoints.ContainsKey(stream)).ToList();
        if (unknown.Count > 0)
        {
            var loaded = await store.LoadAsync(tenant, Group, unknown, meter, cancellationToken);
            foreach (var stream in unknown)
            {
                checkpoints[stream] = loaded.GetValueOrDefault(stream) ?? StoredCheckpoint.None;
            }
        }

        return new SubscriberSession(this, tenant, checkpoints, store, options, meter);
    }

    public void Remember(StreamKey stream, StoredCheckpoint checkpoint) => remembered.Set(stream, checkpoint);

    public void Forget(StreamKey stream) => remembered.Forget(stream);

    private sealed class GroupCheckpoints(SubscriberLane lane, ICheckpointStore store) : ILaneCheckpoints
    {
        public Task<IReadOnlyDictionary<StreamId, StoredCheckpoint>> LoadAsync(
            TenantId tenant, IReadOnlyCollection<StreamId> streams, CancellationToken cancellationToken) =>
            store.LoadAsync(tenant, lane.Group, streams, new DeliveryMeter(), cancellationToken);

        public async Task<bool> TrySaveAsync(TenantId tenant, StreamId stream, StoredCheckpoint checkpoint, CancellationToken cancellationToken)
        {
            lane.Forget(new StreamKey(tenant, stream));
            var saved = await store.SaveAsync(
                tenant, lane.Group, new Dictionary<StreamId, StoredCheckpoint> { [stream] = checkpoint }, new DeliveryMeter(), cancellationToken);
            return saved.Count == 1;
        }

        public Task<IReadOnlyList<KeyValuePair<StreamId, StoredCheckpoint>>> ParkedAsync(
            TenantId tenant, int maxCount, CancellationToken cancellationToken) =>
            store.ParkedAsync(tenant, lane.Group, maxCount, cancellationToken);

        public Task<long> CountParkedAsync(TenantId tenant, CancellationToken cancellationToken) =>
            store.CountParkedAsync(tenant, lane.Group, cancellationToken);
    }
}
