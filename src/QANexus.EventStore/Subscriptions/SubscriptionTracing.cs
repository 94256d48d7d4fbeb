using System.Diagnostics;
using QANexus.EventStore.Reading;

namespace QANexus.EventStore.Subscriptions;

/// <summary>Traces of deliveries, each linked to the append that it comes from.</summary>
internal static class SubscriptionTracing
{
    /// <summary>The one source of the event store.</summary>
    public static readonly ActivitySource Source = new(SubscriptionMetrics.MeterName);

    public static Activity? Start(SubscriptionName group, SubscriptionName handler, RecordedEvent stored)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        ActivityLink[] links = ActivityContext.TryParse(stored.Origin.TraceParent, traceState: null, isRemote: true, out var append) ? [new(append)] : [];
        return Source.StartActivity(
            ActivityKind.Consumer, parentContext: default, links: links, name: $"deliver {handler}",
            tags:
            [
                new("qanexus.subscription", group.Value), new("qanexus.handler", handler.Value), new("qanexus.aggregate_type", stored.Stream.AggregateType.Value),
                new("qanexus.event.type", stored.Type.Value), new("qanexus.event.version", stored.Version),
            ]);
    }
}
