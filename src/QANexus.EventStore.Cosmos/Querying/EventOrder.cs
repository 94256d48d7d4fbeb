using QANexus.EventStore.Cosmos.Commits;
using QANexus.EventStore.Querying;
using QANexus.EventStore.Reading;

namespace QANexus.EventStore.Cosmos.Querying;

/// <summary>The total order of a tenant query: when stored, then stream, then version; backwards its exact reverse.</summary>
internal static class EventOrder
{
    /// <summary>Orders commits that were stored at the same moment; there are few, and the database orders them by chance.</summary>
    public static IEnumerable<Commit> Sort(IEnumerable<Commit> storedAtOnce, ReadDirection direction) =>
        InDirection(storedAtOnce.OrderBy(static c => c.Stream.ToString(), StringComparer.Ordinal).ThenBy(static c => c.Number), direction);

    /// <summary>What is in order, in the order of a direction.</summary>
    public static IEnumerable<T> InDirection<T>(IEnumerable<T> oldestFirst, ReadDirection direction) =>
        direction is ReadDirection.Forward ? oldestFirst : oldestFirst.Reverse();

    /// <summary>Whether an event comes after a place when the oldest is first.</summary>
    public static bool IsLater(RecordedEvent e, EventCursor cursor)
    {
        var byTime = e.StoredAt.CompareTo(cursor.StoredAt);
        var order = byTime != 0 ? byTime : string.CompareOrdinal(e.Stream.ToString(), cursor.Stream.ToString());
        return order > 0 || (order == 0 && e.Version > cursor.Version);
    }

    /// <summary>Whether an event comes after a place in the order of a direction.</summary>
    public static bool IsAfter(RecordedEvent e, EventCursor cursor, ReadDirection direction) =>
        direction is ReadDirection.Forward ? IsLater(e, cursor) : CursorAt(e) != cursor && !IsLater(e, cursor);

    public static EventCursor CursorAt(RecordedEvent e) => new(e.StoredAt, e.Stream, e.Version);
}
