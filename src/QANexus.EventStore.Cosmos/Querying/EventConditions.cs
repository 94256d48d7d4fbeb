using Microsoft.Azure.Cosmos;
using QANexus.EventStore.Querying;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Time;

namespace QANexus.EventStore.Cosmos.Querying;

/// <summary>
/// A tenant query in two halves: the SQL that finds commits which may hold a matching event, by index, and the filter that picks the events.
/// </summary>
internal static class EventConditions
{
    public static QueryDefinition ToSql(EventQuery query)
    {
        var conditions = new List<(string Text, string Name, string Value)>();
        if (query.AggregateType is { } aggregateType)
        {
            conditions.Add(("STARTSWITH(c.streamId, @prefix)", "@prefix", StreamPrefix(aggregateType)));
        }

        if (query.Type is { } type)
        {
            conditions.Add(("ARRAY_CONTAINS(c.eventTypes, @type)", "@type", type.Value));
        }

        if (query.Since is { } since)
        {
            conditions.Add(("c.occurredTo > @since", "@since", Rfc3339.FormatSortable(since)));
        }

        if (query.Until is { } until)
        {
            conditions.Add(("c.occurredFrom <= @until", "@until", Rfc3339.FormatSortable(until)));
        }

        if (query.After is { } after)
        {
            // From the same moment on, not after it: what was stored at once is told apart by stream and version.
            conditions.Add(("c.storedAt >= @after", "@after", Rfc3339.FormatSortable(after.StoredAt)));
        }

        var where = conditions.Count == 0 ? string.Empty : $" WHERE {string.Join(" AND ", conditions.Select(static c => c.Text))}";
        return conditions.Aggregate(
            new QueryDefinition($"SELECT * FROM c{where} ORDER BY c.storedAt"), static (sql, c) => sql.WithParameter(c.Name, c.Value));
    }

    public static bool Match(EventQuery query, RecordedEvent e) =>
        (query.Type is not { } type || e.Type == type)
        && (query.Since is not { } since || e.OccurredAt > since)
        && (query.Until is not { } until || e.OccurredAt <= until);

    /// <summary>How the stream ids of an aggregate type begin.</summary>
    public static string StreamPrefix(AggregateType aggregateType) => $"{aggregateType}{StreamId.Separator}";
}
