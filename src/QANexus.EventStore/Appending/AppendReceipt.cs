using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Appending;

/// <summary>Where an append ended up.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Position">The end of the append: the position to expect for the next one.</param>
/// <param name="CommitId">The key that makes a repeat return this receipt.</param>
/// <param name="StoredAt">When it was stored, UTC.</param>
/// <param name="Events">Its events in order.</param>
public sealed record AppendReceipt(
    StreamId Stream, StreamPosition Position, CommitId CommitId, DateTimeOffset StoredAt, IReadOnlyList<AppendedEvent> Events);

/// <summary>One event of an append.</summary>
/// <param name="Id">Its id, the caller's or the store's.</param>
/// <param name="Version">Its place in the stream, from 1.</param>
public readonly record struct AppendedEvent(EventId Id, long Version);
