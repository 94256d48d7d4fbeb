namespace QANexus.EventStore.Subscriptions;

/// <summary>
/// A subscriber that would rather have what is new in a stream at once: where many events are waiting, that saves round trips. If the call fails, the
/// same events come one by one through <see cref="IEventSubscriber.HandleAsync"/>, which finds out whose fault it is.
/// </summary>
public interface IEventBatchSubscriber : IEventSubscriber
{
    /// <summary>
    /// Whether one call may hold what is new in several streams of a tenant, some 500 events at most, each stream's in order. Where it is false, as by
    /// default, all events of a call are of one stream.
    /// </summary>
    bool SpansStreams => false;

    /// <summary>Handles events of one tenant: all of them, or none that a repeat would not recognise.</summary>
    Task HandleAsync(IReadOnlyList<EventDelivery> deliveries, CancellationToken cancellationToken);
}
