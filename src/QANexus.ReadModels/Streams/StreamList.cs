using QANexus.EventStore.Reading;
using QANexus.EventStore.Subscriptions;
using QANexus.EventStore.Views;

namespace QANexus.ReadModels.Streams;

/// <summary>The view <c>stream-list</c>: which streams a tenant has, how long they are and when things happened in them.</summary>
public sealed class StreamList() : StreamProjection<StreamListEntry>(Name, ReadModelsJson.Default.StreamListEntry, eventTypes: null)
{
    /// <summary>The name of the view.</summary>
    public static SubscriptionName Name { get; } = SubscriptionName.Parse("stream-list");

    /// <summary>Only the envelope is looked at, which a redaction leaves as it is.</summary>
    public override bool KeepsEventData => false;

    /// <inheritdoc/>
    protected override StreamListEntry Apply(StreamListEntry? document, RecordedEvent e) => document is null
        ? new StreamListEntry(e.Stream.AggregateType.Value, e.Stream.AggregateId.Value, e.Version, e.OccurredAt, e.OccurredAt)
        : document with
        {
            Version = e.Version,
            FirstAt = e.OccurredAt < document.FirstAt ? e.OccurredAt : document.FirstAt,
            LastAt = e.OccurredAt > document.LastAt ? e.OccurredAt : document.LastAt,
        };
}
