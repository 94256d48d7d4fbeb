using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Subscriptions;

/// <summary>
/// A handler of events that has effects elsewhere. It gets every event of its types, of every tenant, in order within a stream and at least once: after
/// a crash the same event comes again, with the same <see cref="EventDelivery.Id"/>, by which the handler recognises what it did before. An exception
/// is tried again a few times and then parks the stream for this handler alone.
/// </summary>
public interface IEventSubscriber
{
    /// <summary>Its name, unique among handlers and for good: checkpoints and deliveries carry it.</summary>
    SubscriptionName Name { get; }

    /// <summary>The types it takes, in their latest form; null for all.</summary>
    IReadOnlyCollection<EventType>? EventTypes { get; }

    /// <summary>Whether the streams of an aggregate type are its business. Events of others are never handed to it, whatever their types.</summary>
    bool Takes(AggregateType aggregateType) => true;

    /// <summary>
    /// Handles an event. One that was redacted before it came has <see cref="Reading.RecordedEvent.Redaction"/> and no data. A failure of the event
    /// store itself may be thrown on: the delivery is then repeated, not parked.
    /// </summary>
    Task HandleAsync(EventDelivery delivery, CancellationToken cancellationToken);

    /// <summary>
    /// An event was redacted, whether or not it was handled before: forget what was kept of its data. Called as often as anybody tells of it. Does
    /// nothing where not implemented, which is right for a handler that keeps no data.
    /// </summary>
    Task OnRedactedAsync(EventDelivery delivery, CancellationToken cancellationToken) => Task.CompletedTask;
}
