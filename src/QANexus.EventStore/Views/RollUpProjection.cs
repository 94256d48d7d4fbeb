using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;

namespace QANexus.EventStore.Views;

/// <summary>
/// A view whose documents say what many streams are together: how many bugs are open, which test runs ended last. Of each stream it keeps an entry beside
/// the stream's checkpoint, folded from its events; when the entry changes, the documents that the stream counts in are given what it was and what it is, so
/// that they take off the one and add the other. They need no list of the streams in them, and after a redaction the entry is folded again.
/// </summary>
/// <remarks>
/// A document must follow from the entries that count in it, in whatever order these came. A record as entry saves writes: nothing changes where it is equal.
/// </remarks>
/// <typeparam name="TEntry">What is kept of a stream: immutable and small.</typeparam>
/// <typeparam name="TDocument">An immutable document.</typeparam>
/// <param name="view">The name of the view.</param>
/// <param name="entry">How entries are written.</param>
/// <param name="document">How documents are written.</param>
/// <param name="eventTypes">The types it takes; null for all.</param>
public abstract class RollUpProjection<TEntry, TDocument>(
    SubscriptionName view, JsonTypeInfo<TEntry> entry, JsonTypeInfo<TDocument> document, IReadOnlyCollection<EventType>? eventTypes)
    : Projection(view, eventTypes), IRollUp
    where TEntry : class
    where TDocument : class
{
    /// <summary>The entry after an event, redacted or not; null where the stream does not count.</summary>
    protected abstract TEntry? Evolve(TEntry? entry, RecordedEvent e);

    /// <summary>The documents that a stream with this entry counts in. An event may change 98: those from before and those from now.</summary>
    protected abstract IEnumerable<ViewId> DocumentsOf(StreamId stream, TEntry entry);

    /// <summary>A document with a stream as it is in the place of what it was; null where there is none any more.</summary>
    /// <param name="id">The document's id.</param>
    /// <param name="document">The document so far.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="before">What the stream counted as in this document; null where it did not.</param>
    /// <param name="now">What it counts as from now on; null where it does not.</param>
    protected abstract TDocument? Apply(ViewId id, TDocument? document, StreamId stream, TEntry? before, TEntry? now);

    internal sealed override bool IsPerStream => false;

    internal sealed override IRollUp RollUp => this;

    internal sealed override IEnumerable<ViewId> TargetsOf(RecordedEvent e) => throw new NotSupportedException("It is the entry that says.");

    internal sealed override ViewId TargetOf(StreamId stream) => throw new NotSupportedException("No document is one stream's.");

    internal sealed override object? Read(ReadOnlyMemory<byte> data) => JsonSerializer.Deserialize(data.Span, document);

    internal sealed override byte[] Write(object content) => JsonSerializer.SerializeToUtf8Bytes((TDocument)content, document);

    internal sealed override object? Change(ViewId id, object? content, RecordedEvent e) => throw new NotSupportedException("It is the entry that changes it.");

    internal sealed override object? Remove(ViewId id, object? content, RecordedEvent e) => throw new NotSupportedException("The entry is folded again.");

    object? IRollUp.Read(ReadOnlyMemory<byte> data) => JsonSerializer.Deserialize(data.Span, entry);

    byte[] IRollUp.Write(object content) => JsonSerializer.SerializeToUtf8Bytes((TEntry)content, entry);

    object? IRollUp.Evolve(object? content, RecordedEvent e) => Evolve((TEntry?)content, e);

    IEnumerable<RollUpChange> IRollUp.ChangesOf(StreamId stream, object? before, object? now)
    {
        if (Equals(before, now))
        {
            return [];
        }

        var (was, becomes) = ((TEntry?)before, (TEntry?)now);
        HashSet<ViewId> earlier = was is null ? [] : [.. DocumentsOf(stream, was)];
        HashSet<ViewId> later = becomes is null ? [] : [.. DocumentsOf(stream, becomes)];
        return earlier.Union(later).Select(id => new RollUpChange(id, content => Apply(
            id, (TDocument?)content, stream, earlier.Contains(id) ? was : null, later.Contains(id) ? becomes : null)));
    }
}

/// <summary>A roll-up, whatever its classes.</summary>
internal interface IRollUp
{
    object? Read(ReadOnlyMemory<byte> data);

    byte[] Write(object content);

    object? Evolve(object? content, RecordedEvent e);

    /// <summary>What a change of a stream's entry does to which documents.</summary>
    IEnumerable<RollUpChange> ChangesOf(StreamId stream, object? before, object? now);
}

/// <summary>A document, and what becomes of it.</summary>
internal readonly record struct RollUpChange(ViewId Target, Func<object?, object?> Apply);
