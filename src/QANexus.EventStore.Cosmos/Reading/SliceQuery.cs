using Microsoft.Azure.Cosmos;
using QANexus.EventStore.Cosmos.Commits;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Time;

namespace QANexus.EventStore.Cosmos.Reading;

/// <summary>The queries that reading a part of one stream takes. All order by id, which is the order of commits.</summary>
internal static class SliceQuery
{
    /// <summary>The commits that begin inside the part asked for, in its direction.</summary>
    public static QueryDefinition For(StreamReadOptions options, long? boundary)
    {
        var conditions = new List<string>();
        var isForward = options.Direction is ReadDirection.Forward;
        if (isForward && options.FromVersion > 1)
        {
            conditions.Add("c.version >= @from");
        }

        if (options.ToVersion is not null)
        {
            conditions.Add("c.version <= @to");
        }

        if (boundary is not null)
        {
            conditions.Add("c.id < @boundary");
        }

        var where = conditions.Count == 0 ? string.Empty : $" WHERE {string.Join(" AND ", conditions)}";
        var query = new QueryDefinition($"SELECT * FROM c{where} ORDER BY c.id {(isForward ? "ASC" : "DESC")}");
        query = isForward && options.FromVersion > 1 ? query.WithParameter("@from", options.FromVersion) : query;
        query = options.ToVersion is { } to ? query.WithParameter("@to", to) : query;
        return boundary is { } number ? query.WithParameter("@boundary", CommitNumber.ToId(number)) : query;
    }

    public static QueryDefinition FirstStoredAfter(DateTimeOffset time) =>
        new QueryDefinition("SELECT TOP 1 * FROM c WHERE c.storedAt > @time ORDER BY c.id ASC").WithParameter("@time", Rfc3339.FormatSortable(time));

    public static QueryDefinition LastBefore(long version) =>
        new QueryDefinition("SELECT TOP 1 * FROM c WHERE c.version < @version ORDER BY c.id DESC").WithParameter("@version", version);
}
