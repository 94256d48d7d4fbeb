using QANexus.EventStore.Failures;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Subscriptions;

/// <summary>Changes checkpoints as an operator asks, and rings the doorbell: the delivery that follows is the ordinary one.</summary>
internal sealed class SubscriptionOperations(
    IEnumerable<ILaneSet> groups, DeliveryEngine engine, ICommitSource commits, LagMeasurement lags, DeliveryServices services) : ISubscriptionOperations
{
    private static readonly TimeSpan RetryAfterConflicts = TimeSpan.FromSeconds(1);

    private readonly Dictionary<SubscriptionName, ILaneSet> groups = groups.ToDictionary(static group => group.Name);

    public async Task<IReadOnlyList<SubscriptionStatus>> ListAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var status = new List<SubscriptionStatus>();
        foreach (var group in groups.Values.OrderBy(static group => group.Name.Value, StringComparer.Ordinal))
        {
            var lanes = await group.LanesForAsync(tenant, cancellationToken);
            var parked = 0L;
            foreach (var lane in lanes)
            {
                parked += await lane.Checkpoints.CountParkedAsync(tenant, cancellationToken);
            }

            var lag = await lags.MeasureAsync(tenant, lanes, cancellationToken);
            status.Add(new SubscriptionStatus(group.Name, group.Handlers, lag.Commits, lag.Age, parked, lag.IsExact));
        }

        return status;
    }

    public async Task<IReadOnlyList<ParkedStream>?> ParkedAsync(TenantId tenant, SubscriptionName group, CancellationToken cancellationToken)
    {
        if (!groups.TryGetValue(group, out var found))
        {
            return null;
        }

        var parked = new List<ParkedStream>();
        foreach (var lane in await found.LanesForAsync(tenant, cancellationToken))
        {
            foreach (var (stream, stored) in await lane.Checkpoints.ParkedAsync(tenant, ISubscriptionOperations.LargestMaxCount, cancellationToken))
            {
                parked.AddRange(Describe(stream, stored.Checkpoint));
            }
        }

        return parked;
    }

    public Task<IReadOnlyList<ParkedStream>?> RetryAsync(
        TenantId tenant, SubscriptionName group, StreamId stream, SubscriptionName? handler, CancellationToken cancellationToken) =>
        ChangeAsync(tenant, group, stream, handler, static (checkpoint, entry) => checkpoint.With(entry.Handler, Lift(entry)), cancellationToken);

    public Task<IReadOnlyList<ParkedStream>?> SkipAsync(
        TenantId tenant, SubscriptionName group, StreamId stream, SubscriptionName? handler, string reason, string by, CancellationToken cancellationToken)
    {
        return ChangeAsync(tenant, group, stream, handler, Skip, cancellationToken);

        StreamCheckpoint Skip(StreamCheckpoint checkpoint, HandlerCheckpoint entry)
        {
            var parking = entry.Parking!;
            var skipped = new SkippedEvent(entry.Handler, parking.Commit, parking.EventId, parking.Error, reason, by, services.Time.GetUtcNow());
            return checkpoint.With(entry.Handler, Lift(Pass(entry, parking))) with { Skipped = [.. checkpoint.Skipped, skipped] };
        }
    }

    /// <summary>Goes on behind what failed: an event, a commit that cannot be read, or the redaction of a commit.</summary>
    private static HandlerCheckpoint Pass(HandlerCheckpoint entry, Parking parking)
    {
        if (parking.IsRevision)
        {
            return entry with { Revisions = [.. entry.Revisions.Where(commit => commit != parking.Commit)] };
        }

        return entry with
        {
            Position = parking.EventId is null
                ? EventPosition.After(parking.Commit)
                : EventPosition.Before(parking.Commit, entry.Position.DoneOf(parking.Commit) + 1),
        };
    }

    private static HandlerCheckpoint Lift(HandlerCheckpoint entry) => entry with { Parking = null, Last = entry.Parking };

    private async Task<IReadOnlyList<ParkedStream>?> ChangeAsync(
        TenantId tenant, SubscriptionName group, StreamId stream, SubscriptionName? handler,
        Func<StreamCheckpoint, HandlerCheckpoint, StreamCheckpoint> change, CancellationToken cancellationToken)
    {
        if (!groups.TryGetValue(group, out var found))
        {
            return null;
        }

        var lanes = await found.LanesForAsync(tenant, cancellationToken);
        foreach (var lane in lanes)
        {
            await ChangeAsync(lane, tenant, stream, handler, change, cancellationToken);
        }

        var key = new StreamKey(tenant, stream);
        var tail = await commits.ReadTailAsync(key, new DeliveryMeter(), cancellationToken);
        if (tail > 0)
        {
            await engine.DeliverAsync(found, [new Doorbell(key, tail, [], Revision: 0) { IsForced = true }], cancellationToken);
        }

        var parked = new List<ParkedStream>();
        foreach (var lane in lanes)
        {
            var checkpoints = await lane.Checkpoints.LoadAsync(tenant, [stream], cancellationToken);
            parked.AddRange(checkpoints.Values.SelectMany(stored => Describe(stream, stored.Checkpoint)));
        }

        return parked;
    }

    private async Task ChangeAsync(
        ILane lane, TenantId tenant, StreamId stream, SubscriptionName? handler,
        Func<StreamCheckpoint, HandlerCheckpoint, StreamCheckpoint> change, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= services.Options.MaxConflicts; attempt++)
        {
            var loaded = await lane.Checkpoints.LoadAsync(tenant, [stream], cancellationToken);
            if (!loaded.TryGetValue(stream, out var stored))
            {
                return;
            }

            var parked = stored.Checkpoint.Handlers.Where(entry => entry.Parking is not null && (handler is null || entry.Handler == handler)).ToList();
            if (parked.Count == 0
                || await lane.Checkpoints.TrySaveAsync(
                    tenant, stream, stored with { Checkpoint = parked.Aggregate(stored.Checkpoint, change) }, cancellationToken))
            {
                return;
            }
        }

        throw new StoreUnavailableException($"The checkpoint of stream {stream} changes faster than it can be read.", RetryAfterConflicts);
    }

    private static IEnumerable<ParkedStream> Describe(StreamId stream, StreamCheckpoint checkpoint) =>
        from entry in checkpoint.Handlers
        let parking = entry.Parking
        where parking is not null
        select new ParkedStream(
            stream, entry.Handler, parking.Commit, EventId.TryParse(parking.EventId, out var id) ? id : null,
            EventType.TryParse(parking.EventType, out var type) ? type : null, parking.Error, parking.Attempts, parking.FirstAt, parking.LastAt);
}
