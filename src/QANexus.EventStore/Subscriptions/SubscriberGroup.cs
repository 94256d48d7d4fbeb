using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Upcasting;

namespace QANexus.EventStore.Subscriptions;

/// <summary>The group of all subscribers, the same for every tenant.</summary>
internal sealed class SubscriberGroup : ILaneSet
{
    private readonly IReadOnlyList<ILane> lanes;

    public SubscriberGroup(
        IEnumerable<IEventSubscriber> subscribers, EventUpcaster upcaster, ICheckpointStore store, IOptions<SubscriptionOptions> options,
        SubscriptionMetrics metrics, TimeProvider time, ILogger<SubscriberGroup> logger)
    {
        // Registered twice, a handler still runs once.
        var handlers = subscribers.DistinctBy(static subscriber => (subscriber.GetType(), subscriber.Name)).ToList();
        if (handlers.GroupBy(static handler => handler.Name).FirstOrDefault(static group => group.Count() > 1) is { } namesakes)
        {
            throw new InvalidOperationException(
                $"Two subscribers are called '{namesakes.Key}': {string.Join(", ", namesakes.Select(static handler => handler.GetType().Name))}.");
        }

        Lane = new SubscriberLane(Name, handlers, upcaster.Catalog, store, options.Value, metrics, time, logger);
        lanes = handlers.Count == 0 ? [] : [Lane];
    }

    public SubscriptionName Name => SubscriptionGroups.Subscribers;

    public IReadOnlyList<SubscriptionName> Handlers => [.. Lane.Handlers.Select(static handler => handler.Name)];

    public SubscriberLane Lane { get; }

    public ValueTask<IReadOnlyList<ILane>> LanesForAsync(TenantId tenant, CancellationToken cancellationToken) => new(lanes);
}
