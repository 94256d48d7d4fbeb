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
        var conditions = new List<string>();
        var parameters = new List<(string Name, string Value)>();
        if (query.AggregateType is { } aggregateType)
        {
            conditions.Add("STARTSWITH(c.streamId, @prefix)");
            parameters.Add(("@prefix", StreamPrefix(aggregateType)));
        }

        if (query.TypesInStore is { } types)
        {
            parameters.AddRange(types.Select(static (type, index) => ($"@type{index}", type.Value)));
            conditions.Add($"({string.Join(" OR ", types.Select(static (_, index) => $"ARRAY_CONTAINS(c.eventTypes, @type{index})"))})");
        }

        if (query.Since is { } since)
        {
            conditions.Add("c.occurredTo > @since");
            parameters.Add(("@since", Rfc3339.FormatSortable(since)));
        }

        if (query.Until is { } until)
        {
            conditions.Add("c.occurredFrom <= @until");
            parameters.Add(("@until", Rfc3339.FormatSortable(until)));
        }

        if (query.After is { } after)
        {
            // From the same moment on, not after it: what was stored at once is told apart by stream and version.
            conditions.Add(query.Direction is ReadDirection.Forward ? "c.storedAt >= @after" : "c.storedAt <= @after");
            parameters.Add(("@after", Rfc3339.FormatSortable(after.StoredAt)));
        }

        var where = conditions.Count == 0 ? string.Empty : $" WHERE {string.Join(" AND ", conditions)}";
        var order = query.Direction is ReadDirection.Forward ? "c.storedAt" : "c.storedAt DESC";
        return parameters.Aggregate(
            new QueryDefinition($"SELECT * FROM c{where} ORDER BY {order}"), static (sql, parameter) => sql.WithParameter(parameter.Name, parameter.Value));
    }

    public static bool Match(EventQuery query, RecordedEvent e) =>
        (query.TypesInStore is not { } types || types.Contains(e.Type))
        && (query.Since is not { } since || e.OccurredAt > since)
        && (query.Until is not { } until || e.OccurredAt <= until);

    /// <summary>How the stream ids of an aggregate type begin.</summary>
    public static string StreamPrefix(AggregateType aggregateType) => $"{aggregateType}{StreamId.Separator}";
}
