using Microsoft.AspNetCore.Http;
using QANexus.Api.Limits;
using QANexus.Api.Problems;
using QANexus.Api.Requests;
using QANexus.EventStore.Querying;
using QANexus.EventStore.Streams;

namespace QANexus.Api.Events;

/// <summary>Reads the queries of the tenant-wide routes.</summary>
internal static class EventQueryParameters
{
    public const string Cursor = "cursor";

    private const string NameRule = "must be 1-64 ASCII letters and digits, starting with a letter";

    public static bool TryRead(
        IQueryCollection query, RequestLimits limits, out EventQuery conditions, out string? cursor, out Problem? problem)
    {
        var parameters = new QueryParameters(query);
        cursor = parameters.Text(Cursor);
        conditions = new EventQuery
        {
            Type = Type(parameters),
            AggregateType = AggregateType(parameters),
            Since = parameters.Time("since"),
            Until = parameters.Time("until"),
            Actor = parameters.Text("actor"),
            Direction = DirectionParameter.Read(parameters),
            MaxCount = parameters.MaxCount(EventQuery.LargestMaxCount, EventQuery.DefaultMaxCount, limits),
            Form = EventFormParameter.Read(parameters),
        };
        return parameters.IsValid(out problem);
    }

    public static bool TryReadCount(IQueryCollection query, out EventType? type, out AggregateType? aggregateType, out Problem? problem)
    {
        var parameters = new QueryParameters(query);
        type = Type(parameters);
        aggregateType = AggregateType(parameters);
        return parameters.IsValid(out problem);
    }

    private static EventType? Type(QueryParameters parameters) => parameters.Value<EventType>("type", EventType.TryParse, NameRule);

    private static AggregateType? AggregateType(QueryParameters parameters) =>
        parameters.Value<AggregateType>("aggregateType", EventStore.Streams.AggregateType.TryParse, NameRule);
}
