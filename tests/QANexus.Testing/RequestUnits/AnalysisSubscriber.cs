using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;

namespace QANexus.Testing.RequestUnits;

/// <summary>Takes the events that are measured and does nothing with them: what a delivery costs is the store's part of it.</summary>
internal sealed class AnalysisSubscriber : IEventSubscriber
{
    private int deliveries;

    public SubscriptionName Name { get; } = SubscriptionName.Parse("measured");

    public IReadOnlyCollection<EventType>? EventTypes { get; } = [MeasuredEvents.Analyzed];

    public int Deliveries => deliveries;

    public Task HandleAsync(EventDelivery delivery, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref deliveries);
        return Task.CompletedTask;
    }
}
