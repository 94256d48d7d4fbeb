using System.Text.Json.Serialization.Metadata;
using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;
using QANexus.EventStore.Views;

namespace QANexus.ReadModels;

/// <summary>
/// A view with a document for each aggregate of one kind. Redacted events are applied like the others: what is left of them is for the fold to know.
/// </summary>
/// <param name="view">The name of the view.</param>
/// <param name="document">How documents are written.</param>
/// <param name="aggregate">The kind of aggregate; events of its types in streams of other kinds are none of the view's business.</param>
/// <param name="eventTypes">Those of its types that the view takes; null for all.</param>
internal abstract class AggregateView<TDocument>(
    SubscriptionName view, JsonTypeInfo<TDocument> document, AggregateDefinition aggregate, IReadOnlyCollection<EventType>? eventTypes = null)
    : StreamProjection<TDocument>(view, document, eventTypes ?? aggregate.EventTypes)
    where TDocument : class
{
    /// <inheritdoc/>
    public sealed override bool Takes(AggregateType aggregateType) => aggregateType == aggregate.Type;

    /// <inheritdoc/>
    protected sealed override TDocument? ApplyRedacted(TDocument? document, RecordedEvent e) => Apply(document, e);
}
