using Microsoft.Extensions.Logging;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;

namespace QANexus.EventStore.Views;

/// <summary>One projection, working on one version of its view.</summary>
internal sealed class ProjectionLane : ILane
{
    public ProjectionLane(Projection projection, ViewVersion version, IViewStore store, DeliveryServices services, ILogger logger)
    {
        (Projection, Version, Store, Services, Logger) = (projection, version, store, services, logger);
        Interest = EventInterest.In(projection.EventTypes, services.Upcaster.Catalog);
        Wanted = projection.EventTypes?.ToHashSet();
        Checkpoints = new ViewCheckpoints(this);
    }

    public Projection Projection { get; }

    public ViewVersion Version { get; }

    public IViewStore Store { get; }

    public DeliveryServices Services { get; }

    public ILogger Logger { get; }

    public HashSet<EventType>? Wanted { get; }

    public string Name => $"view:{Version.StorageKey}";

    public EventInterest Interest { get; }

    public ILaneCheckpoints Checkpoints { get; }

    public bool Takes(StreamId stream) => Projection.Takes(stream.AggregateType);

    public async Task<ILaneSession> OpenAsync(
        TenantId tenant, IReadOnlyCollection<StreamId> streams, DeliveryMeter meter, CancellationToken cancellationToken)
    {
        var loaded = await Store.LoadAsync(tenant, Version, [.. streams.Select(IdOf)], meter, cancellationToken);
        return new ProjectionSession(
            this, tenant, streams.ToDictionary(static stream => stream, stream => loaded.GetValueOrDefault(IdOf(stream)) ?? new StoredView(IdOf(stream))), meter);
    }

    /// <summary>The document that carries a stream's checkpoint.</summary>
    public string IdOf(StreamId stream) => Projection.IsPerStream ? Projection.TargetOf(stream).Value : StoredView.CheckpointId(stream);

    private sealed class ViewCheckpoints(ProjectionLane lane) : ILaneCheckpoints
    {
        public async Task<IReadOnlyDictionary<StreamId, StoredCheckpoint>> LoadAsync(
            TenantId tenant, IReadOnlyCollection<StreamId> streams, CancellationToken cancellationToken)
        {
            var loaded = await lane.Store.LoadAsync(tenant, lane.Version, [.. streams.Select(lane.IdOf)], new DeliveryMeter(), cancellationToken);
            return streams.Where(stream => loaded.ContainsKey(lane.IdOf(stream))).ToDictionary(
                static stream => stream, stream => ToCheckpoint(loaded[lane.IdOf(stream)]));
        }

        public async Task<bool> TrySaveAsync(TenantId tenant, StreamId stream, StoredCheckpoint checkpoint, CancellationToken cancellationToken)
        {
            // The document is read again for its data; its tag says whether it is still the one that the checkpoint was read from.
            var loaded = await lane.Store.LoadAsync(tenant, lane.Version, [lane.IdOf(stream)], new DeliveryMeter(), cancellationToken);
            return loaded.TryGetValue(lane.IdOf(stream), out var document) && document.Tag == checkpoint.Tag
                && await lane.Store.TrySaveAsync(
                    tenant, lane.Version, [document with { Checkpoint = checkpoint.Checkpoint }], new DeliveryMeter(), cancellationToken) is not null;
        }

        public async Task<IReadOnlyList<KeyValuePair<StreamId, StoredCheckpoint>>> ParkedAsync(
            TenantId tenant, int maxCount, CancellationToken cancellationToken)
        {
            var parked = await lane.Store.ParkedAsync(tenant, lane.Version, maxCount, cancellationToken);
            return [.. parked.Where(static view => view.Stream is not null).Select(static view => KeyValuePair.Create(view.Stream!.Value, ToCheckpoint(view)))];
        }

        public Task<long> CountParkedAsync(TenantId tenant, CancellationToken cancellationToken) =>
            lane.Store.CountParkedAsync(tenant, lane.Version, cancellationToken);

        private static StoredCheckpoint ToCheckpoint(StoredView view) => new(view.Checkpoint ?? StreamCheckpoint.Start, view.Tag);
    }
}
