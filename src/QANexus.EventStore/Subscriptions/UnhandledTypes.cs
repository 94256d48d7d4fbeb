using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Subscriptions;

/// <summary>
/// Tells of events that nobody in a subscription group takes, once for each type: it may be meant so, and it is what a forgotten registration looks like.
/// </summary>
internal sealed class UnhandledTypes(ILogger logger)
{
    /// <summary>Types told of at most: clients make up as many as they like.</summary>
    private const int MaxTypes = 1_000;

    private readonly ConcurrentDictionary<(SubscriptionName Group, EventType Type), bool> known = new();

    public async Task TellAsync(ILaneSet group, IReadOnlyList<Doorbell> doorbells, CancellationToken cancellationToken)
    {
        foreach (var tenant in doorbells.Where(doorbell => doorbell.EventTypes.Any(type => !known.ContainsKey((group.Name, type))))
            .GroupBy(static doorbell => doorbell.Stream.Tenant))
        {
            var lanes = await group.LanesForAsync(tenant.Key, cancellationToken);
            foreach (var (type, stream) in tenant.SelectMany(static doorbell => doorbell.EventTypes.Select(type => (type, doorbell.Stream))))
            {
                var isTaken = lanes.Any(lane => lane.Takes(stream.Stream) && lane.Interest.Takes(type));
                if (!isTaken && known.Count < MaxTypes && known.TryAdd((group.Name, type), true))
                {
                    SubscriptionLog.NobodyTakes(logger, group.Name, type, stream);
                }
            }
        }
    }
}
