using System.Collections.Concurrent;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Subscriptions;

/// <summary>A group's subscribers at work on some streams of a tenant: streams in parallel, events of a stream in order, checkpoints saved together.</summary>
internal sealed class SubscriberSession(
    SubscriberLane lane, TenantId tenant, IReadOnlyDictionary<StreamId, StoredCheckpoint> checkpoints, ICheckpointStore store,
    SubscriptionOptions options, DeliveryMeter meter) : ILaneSession
{
    public LanePosition PositionOf(StreamId stream)
    {
        var checkpoint = checkpoints[stream].Checkpoint;
        var active = lane.Handlers.Select(handler => checkpoint.Find(handler.Name)).ToList();
        var from = active.Aggregate(checkpoint.Position, static (earliest, entry) =>
            entry is { Parking: null } ? EventPosition.Min(earliest, entry.Position) : earliest);
        return new LanePosition(
            from, IsBlocked: false, [.. active.Where(static entry => entry is { Parking: null }).SelectMany(static entry => entry!.Revisions).Distinct()]);
    }

    public async Task<IReadOnlyDictionary<StreamId, LaneOutcome>> DeliverAsync(
        IReadOnlyList<StreamDelivery> deliveries, CancellationToken cancellationToken)
    {
        var failures = new FailureList();
        var changed = new ConcurrentDictionary<StreamId, StoredCheckpoint>();
        var together = await HandleTogetherAsync(deliveries, cancellationToken);
        await Parallel.ForEachAsync(
            deliveries,
            new ParallelOptions { MaxDegreeOfParallelism = options.MaxParallelism },
            async (delivery, _) =>
            {
                var before = checkpoints[delivery.Stream];
                var after = await HandleAsync(delivery, before.Checkpoint, together, failures, cancellationToken);
                if (after != before.Checkpoint)
                {
                    changed[delivery.Stream] = before with { Checkpoint = after };
                }
            });
        // What was done is saved even if there is no time for more: less comes twice.
        var saved = await SaveAsync(changed, CancellationToken.None);
        failures.ThrowFirst();
        return deliveries.ToDictionary(static delivery => delivery.Stream, delivery => OutcomeOf(delivery.Stream, changed, saved));
    }

    /// <summary>For each handler the streams whose events it has taken in one go.</summary>
    private async Task<IReadOnlyDictionary<HandlerRunner, IReadOnlySet<StreamId>>> HandleTogetherAsync(
        IReadOnlyList<StreamDelivery> deliveries, CancellationToken cancellationToken)
    {
        var together = new Dictionary<HandlerRunner, IReadOnlySet<StreamId>>();
        foreach (var handler in lane.Handlers)
        {
            together[handler] = await handler.RunTogetherAsync(
                tenant, deliveries.Select(delivery => (delivery, checkpoints[delivery.Stream].Checkpoint)), cancellationToken);
        }

        return together;
    }

    private async Task<StreamCheckpoint> HandleAsync(
        StreamDelivery delivery, StreamCheckpoint before, IReadOnlyDictionary<HandlerRunner, IReadOnlySet<StreamId>> together, FailureList failures,
        CancellationToken cancellationToken)
    {
        var after = before;
        var end = EventPosition.Max(before.Position, EventPosition.After(delivery.UpTo));
        foreach (var handler in lane.Handlers)
        {
            var entry = before.Find(handler.Name);
            var result = await handler.RunAsync(
                tenant, delivery, entry, entry?.Position ?? before.Position, together[handler].Contains(delivery.Stream), cancellationToken);
            if (result.Interruption is { } failure)
            {
                failures.Add(failure);
                // Whoever shares the group's checkpoint waits for the slowest; one with an entry keeps its own place.
                end = entry is null ? EventPosition.Min(end, EventPosition.Max(before.Position, result.Reached)) : end;
            }

            after = after.With(handler.Name, result.Entry);
        }

        after = after with
        {
            Position = end,
            Handlers = [.. after.Handlers.Where(entry => entry.Parking is not null || entry.Revisions.Count > 0 || entry.Position < end)],
        };
        return after.Position == before.Position && after.Handlers.SequenceEqual(before.Handlers)
            ? before
            : after with { Version = delivery.Commits is [.., { Stored.Events: [.., { Version: var version }] }] ? version : before.Version };
    }

    private async Task<IReadOnlyDictionary<StreamId, StoredCheckpoint>> SaveAsync(
        ConcurrentDictionary<StreamId, StoredCheckpoint> changed, CancellationToken cancellationToken)
    {
        foreach (var stream in changed.Keys)
        {
            // Until the outcome is known nothing is.
            lane.Forget(new StreamKey(tenant, stream));
        }

        var saved = changed.IsEmpty
            ? new Dictionary<StreamId, StoredCheckpoint>()
            : await store.SaveAsync(tenant, lane.Group, changed, meter, cancellationToken);
        foreach (var (stream, checkpoint) in saved)
        {
            lane.Remember(new StreamKey(tenant, stream), checkpoint);
        }

        return saved;
    }

    private LaneOutcome OutcomeOf(
        StreamId stream, ConcurrentDictionary<StreamId, StoredCheckpoint> changed, IReadOnlyDictionary<StreamId, StoredCheckpoint> saved)
    {
        if (!changed.ContainsKey(stream))
        {
            return new LaneOutcome(IsConflict: false, IsBlocked: false, checkpoints[stream].Checkpoint.Position.Commit);
        }

        return saved.TryGetValue(stream, out var checkpoint)
            ? new LaneOutcome(IsConflict: false, IsBlocked: false, checkpoint.Checkpoint.Position.Commit)
            : LaneOutcome.Conflict;
    }
}
