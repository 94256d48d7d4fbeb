using QANexus.EventStore.Cosmos.Commits;
using QANexus.EventStore.Querying;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Cosmos.Querying;

/// <summary>The total order of a tenant query: when stored, then stream, then version.</summary>
internal static class EventOrder
{
    /// <summary>Orders commits that were stored at the same moment; there are few, and the database orders them by chance.</summary>
    public static IEnumerable<Commit> Sort(IEnumerable<Commit> storedAtOnce) =>
        storedAtOnce.OrderBy(static c => c.Stream.ToString(), StringComparer.Ordinal).ThenBy(static c => c.Number);

    public static bool IsAfter(RecordedEvent e, EventCursor cursor)
    {
        var byTime = e.StoredAt.CompareTo(cursor.StoredAt);
        var order = byTime != 0 ? byTime : string.CompareOrdinal(e.Stream.ToString(), cursor.Stream.ToString());
        return order > 0 || (order == 0 && e.Version > cursor.Version);
    }

    public static EventCursor CursorAt(RecordedEvent e) => new(e.StoredAt, e.Stream, e.Version);
}
