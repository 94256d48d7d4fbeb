namespace QANexus.EventStore.Subscriptions;

/// <summary>
/// A subscriber that would rather have what is new in a stream at once: where many events are waiting, that saves round trips. If the call fails, the
/// same events come one by one through <see cref="IEventSubscriber.HandleAsync"/>, which finds out whose fault it is.
/// </summary>
public interface IEventBatchSubscriber : IEventSubscriber
{
    /// <summary>Handles events of one stream, in order: all of them, or none that a repeat would not recognise.</summary>
    Task HandleAsync(IReadOnlyList<EventDelivery> deliveries, CancellationToken cancellationToken);
}
