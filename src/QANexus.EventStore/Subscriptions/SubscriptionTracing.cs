using System.Diagnostics;
using QANexus.EventStore.Reading;

namespace QANexus.EventStore.Subscriptions;

/// <summary>Traces of deliveries, each linked to the appends that it comes from.</summary>
internal static class SubscriptionTracing
{
    /// <summary>The one source of the event store.</summary>
    public static readonly ActivitySource Source = new(SubscriptionMetrics.MeterName);

    /// <summary>Appends that a delivery is linked to at most: as many links as OpenTelemetry keeps of a span unless it is told otherwise.</summary>
    public const int MaxLinks = 128;

    /// <summary>Events of one stream go to a subscriber, one or several at once.</summary>
    public static Activity? StartDelivery(SubscriptionName group, SubscriptionName handler, IReadOnlyList<RecordedEvent> stored)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        var activity = Start(group, handler, $"deliver {handler}", stored);
        activity?.SetTag("qanexus.aggregate_type", stored[0].Stream.AggregateType.Value);
        activity?.SetTag("qanexus.event.type", stored[0].Type.Value);
        activity?.SetTag("qanexus.event.version", stored[0].Version);
        return activity;
    }

    /// <summary>Commits of streams of one tenant go into a view.</summary>
    public static Activity? StartProjection(SubscriptionName view, IEnumerable<StreamDelivery> deliveries) => Source.HasListeners()
        ? Start(
            SubscriptionGroups.Views, view, $"project {view}",
            [.. deliveries.SelectMany(static delivery => delivery.Commits.Concat(delivery.Revisions)).SelectMany(static commit => commit.Stored.Events)])
        : null;

    private static Activity? Start(SubscriptionName group, SubscriptionName handler, string name, IReadOnlyList<RecordedEvent> stored) => Source.StartActivity(
        ActivityKind.Consumer, parentContext: default, links: LinksTo(stored), name: name,
        tags: [new("qanexus.subscription", group.Value), new("qanexus.handler", handler.Value), new("qanexus.event.count", stored.Count)]);

    /// <summary>A link for each append, of which every event of a commit names the same.</summary>
    private static IEnumerable<ActivityLink> LinksTo(IReadOnlyList<RecordedEvent> stored)
    {
        foreach (var parent in stored.Select(static e => e.Origin.TraceParent).Distinct(StringComparer.Ordinal).Take(MaxLinks))
        {
            if (ActivityContext.TryParse(parent, traceState: null, isRemote: true, out var append))
            {
                yield return new ActivityLink(append);
            }
        }
    }
}
