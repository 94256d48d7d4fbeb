using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;

namespace QANexus.EventStore.Views;

/// <summary>
/// Keeps a view: it says which documents an event changes and how. It must be pure, as the same events are applied again when a view is rebuilt, and its
/// documents immutable. Derive from <see cref="StreamProjection{TDocument}"/>, <see cref="CrossStreamProjection{TDocument}"/> or
/// <see cref="RollUpProjection{TEntry, TDocument}"/>.
/// </summary>
public abstract class Projection
{
    /// <summary>Names the view and the types it takes.</summary>
    protected Projection(SubscriptionName view, IReadOnlyCollection<EventType>? eventTypes)
    {
        if (view.Value == ViewId.Rebuild)
        {
            throw new ArgumentException($"A view cannot be named '{ViewId.Rebuild}'.", nameof(view));
        }

        (View, EventTypes) = (view, eventTypes);
    }

    /// <summary>The view, whose name is also that of its handler.</summary>
    public SubscriptionName View { get; }

    /// <summary>The types it takes, in their latest form; null for all.</summary>
    public IReadOnlyCollection<EventType>? EventTypes { get; }

    /// <summary>
    /// Whether anything of an event's data or metadata gets into the documents. If not, a redacted event is applied as any other and its redaction
    /// changes nothing.
    /// </summary>
    public virtual bool KeepsEventData => true;

    /// <summary>Whether the streams of an aggregate type are its business. For others it is not even asked how far it has come.</summary>
    public virtual bool Takes(AggregateType aggregateType) => true;

    /// <summary>The projection itself, if it is a roll-up.</summary>
    internal virtual IRollUp? RollUp => null;

    /// <summary>Whether each stream has one document of its own.</summary>
    internal abstract bool IsPerStream { get; }

    internal abstract IEnumerable<ViewId> TargetsOf(RecordedEvent e);

    internal abstract ViewId TargetOf(StreamId stream);

    internal abstract object? Read(ReadOnlyMemory<byte> data);

    internal abstract byte[] Write(object document);

    /// <summary>The document after the event; null where there is none any more.</summary>
    internal abstract object? Change(ViewId id, object? document, RecordedEvent e);

    /// <summary>The document without what the event brought.</summary>
    internal abstract object? Remove(ViewId id, object? document, RecordedEvent e);
}

/// <summary>A view with one document per stream, which carries its own checkpoint and so costs no further write.</summary>
/// <typeparam name="TDocument">An immutable document.</typeparam>
/// <param name="view">The name of the view.</param>
/// <param name="document">How documents are written.</param>
/// <param name="eventTypes">The types it takes; null for all.</param>
public abstract class StreamProjection<TDocument>(
    SubscriptionName view, JsonTypeInfo<TDocument> document, IReadOnlyCollection<EventType>? eventTypes) : Projection(view, eventTypes)
    where TDocument : class
{
    /// <summary>The id of a stream's document, different for every stream; the stream's name where nothing else is said.</summary>
    protected virtual ViewId DocumentOf(StreamId stream) => ViewId.Of(stream);

    /// <summary>The document after an event; null where there is none any more.</summary>
    protected abstract TDocument? Apply(TDocument? document, RecordedEvent e);

    /// <summary>The document after an event that has lost its data. After a redaction the whole stream is applied again, this event in this way.</summary>
    protected virtual TDocument? ApplyRedacted(TDocument? document, RecordedEvent e) => document;

    internal sealed override bool IsPerStream => true;

    internal sealed override IEnumerable<ViewId> TargetsOf(RecordedEvent e) => [DocumentOf(e.Stream)];

    internal sealed override ViewId TargetOf(StreamId stream) => DocumentOf(stream);

    internal sealed override object? Read(ReadOnlyMemory<byte> data) => JsonSerializer.Deserialize(data.Span, document);

    internal sealed override byte[] Write(object content) => JsonSerializer.SerializeToUtf8Bytes((TDocument)content, document);

    internal sealed override object? Change(ViewId id, object? content, RecordedEvent e) =>
        KeepsEventData && e.Redaction is not null ? ApplyRedacted((TDocument?)content, e) : Apply((TDocument?)content, e);

    internal sealed override object? Remove(ViewId id, object? content, RecordedEvent e) =>
        throw new NotSupportedException("A stream's document is folded again.");
}

/// <summary>A view whose documents gather events of many streams; beside them it keeps one checkpoint per stream.</summary>
/// <typeparam name="TDocument">An immutable document.</typeparam>
/// <param name="view">The name of the view.</param>
/// <param name="document">How documents are written.</param>
/// <param name="eventTypes">The types it takes; null for all.</param>
public abstract class CrossStreamProjection<TDocument>(
    SubscriptionName view, JsonTypeInfo<TDocument> document, IReadOnlyCollection<EventType>? eventTypes) : Projection(view, eventTypes)
    where TDocument : class
{
    /// <summary>The documents that an event changes, at most 98. For an event that has lost its data, those that may hold some of it.</summary>
    protected abstract IEnumerable<ViewId> DocumentsOf(RecordedEvent e);

    /// <summary>A document after an event; null where there is none any more.</summary>
    protected abstract TDocument? Apply(ViewId id, TDocument? document, RecordedEvent e);

    /// <summary>A document after an event that had lost its data before it came here.</summary>
    protected virtual TDocument? ApplyRedacted(ViewId id, TDocument? document, RecordedEvent e) => document;

    /// <summary>
    /// A document without the data of an event that was applied earlier and has been redacted since. Called as often as anybody tells of it: the second
    /// time it changes nothing. A view that keeps no data returns the document as it is.
    /// </summary>
    protected abstract TDocument? Redact(ViewId id, TDocument? document, RecordedEvent e);

    internal sealed override bool IsPerStream => false;

    internal sealed override IEnumerable<ViewId> TargetsOf(RecordedEvent e) => DocumentsOf(e);

    internal sealed override ViewId TargetOf(StreamId stream) => throw new NotSupportedException("No document is one stream's.");

    internal sealed override object? Read(ReadOnlyMemory<byte> data) => JsonSerializer.Deserialize(data.Span, document);

    internal sealed override byte[] Write(object content) => JsonSerializer.SerializeToUtf8Bytes((TDocument)content, document);

    internal sealed override object? Change(ViewId id, object? content, RecordedEvent e) =>
        KeepsEventData && e.Redaction is not null ? ApplyRedacted(id, (TDocument?)content, e) : Apply(id, (TDocument?)content, e);

    internal sealed override object? Remove(ViewId id, object? content, RecordedEvent e) => Redact(id, (TDocument?)content, e);
}
