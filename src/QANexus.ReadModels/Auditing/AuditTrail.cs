using System.Globalization;
using System.Text.Json;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;
using QANexus.EventStore.Views;

namespace QANexus.ReadModels.Auditing;

/// <summary>
/// Writes the view <c>audit-trail</c>: one document per event, and one more for its redaction, which takes the reason out of the first. Their ids are made
/// of the event's place, so that a delivery that comes again finds its work done.
/// </summary>
public sealed class AuditTrail(IViewWriter views) : IEventBatchSubscriber
{
    /// <summary>The name of the view and of the handler.</summary>
    public static SubscriptionName View { get; } = SubscriptionName.Parse("audit-trail");

    /// <inheritdoc/>
    public SubscriptionName Name => View;

    /// <inheritdoc/>
    public IReadOnlyCollection<EventType>? EventTypes => null;

    /// <inheritdoc/>
    public bool SpansStreams => true;

    /// <inheritdoc/>
    public Task HandleAsync(EventDelivery delivery, CancellationToken cancellationToken) => HandleAsync([delivery], cancellationToken);

    /// <inheritdoc/>
    public Task HandleAsync(IReadOnlyList<EventDelivery> deliveries, CancellationToken cancellationToken) =>
        views.CreateAsync(View, [.. deliveries.Select(EntryOf)], cancellationToken);

    /// <inheritdoc/>
    public Task OnRedactedAsync(EventDelivery delivery, CancellationToken cancellationToken) =>
        views.PutAsync(View, [EntryOf(delivery), RedactionOf(delivery)], cancellationToken);

    /// <summary>The id of an event's entry: those of a stream are together, in order.</summary>
    internal static ViewId IdOf(EventDelivery delivery, string suffix)
    {
        var part = delivery.Part == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $".{delivery.Part}");
        return ViewId.Parse(string.Create(CultureInfo.InvariantCulture, $"{delivery.Event.Stream}:{delivery.Event.Version:D10}{part}{suffix}"));
    }

    private static NewViewDocument EntryOf(EventDelivery delivery) =>
        Document(delivery, suffix: string.Empty, EventReason.Find(delivery.Event.Data.Utf8.Span), redaction: null);

    private static NewViewDocument RedactionOf(EventDelivery delivery) => Document(delivery, ":redacted", reason: null, delivery.Event.Redaction);

    private static NewViewDocument Document(EventDelivery delivery, string suffix, string? reason, Redaction? redaction)
    {
        var e = delivery.Event;
        var entry = new AuditEntry(
            e.Stream.AggregateType.Value, e.Stream.AggregateId.Value, e.Version, e.Id.Value, e.Type.Value, e.Origin.Actor, e.OccurredAt, e.StoredAt,
            e.Origin.CorrelationId, e.Origin.CausationId, e.Origin.Source, reason, redaction);
        return new NewViewDocument(
            delivery, IdOf(delivery, suffix), JsonSerializer.SerializeToUtf8Bytes(entry, ReadModelsJson.Default.AuditEntry));
    }
}
