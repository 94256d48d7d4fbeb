using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Azure.Cosmos;
using QANexus.EventStore.Cosmos.Commits;
using QANexus.EventStore.Cosmos.Partitions;
using QANexus.EventStore.Cosmos.Reading;
using QANexus.EventStore.Cosmos.Requests;
using QANexus.EventStore.Querying;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Cosmos.Querying;

/// <summary>Queries over the key prefix of one tenant, of events as stored.</summary>
internal sealed class EventQueries(TenantId tenant, ReadRequests reads, CommitReads commits) : IEventQueries
{
    private const int AggregatePage = 1_000;

    public async Task<EventPage> QueryAsync(EventQuery query, CancellationToken cancellationToken)
    {
        EventQuery.Check(query);
        var charge = new ChargeMeter();
        var events = new List<RecordedEvent>();
        var bytes = 0L;
        await foreach (var (commit, isInPlace) in FindCommitsAsync(query, charge, cancellationToken))
        {
            if (!isInPlace && events.Count < query.MaxCount)
            {
                continue;
            }

            foreach (var e in EventOrder.InDirection(commit.Events, query.Direction).Where(e => IsWanted(query, e)))
            {
                bytes += e.Data.Utf8.Length;
                if (events.Count == query.MaxCount || (bytes > PageLimits.MaxBytes && events.Count > 0))
                {
                    return new EventPage(events, EventOrder.CursorAt(events[^1]), charge.Total);
                }

                events.Add(e);
            }
        }

        return new EventPage(events, Next: null, charge.Total);
    }

    public async Task<EventCount> CountAsync(EventType? type, AggregateType? aggregateType, CancellationToken cancellationToken)
    {
        var prefix = aggregateType is { } named ? EventConditions.StreamPrefix(named) : null;
        var ofStream = prefix is null ? string.Empty : "STARTSWITH(c.streamId, @prefix)";
        var ofType = type is null ? string.Empty : "ARRAY_CONTAINS(c.eventTypes, @type) AND e.type = @type";
        var conditions = string.Join(" AND ", new[] { ofStream, ofType }.Where(static c => c.Length > 0));
        var where = conditions.Length == 0 ? string.Empty : $" WHERE {conditions}";
        var sql = new QueryDefinition(type is null
            ? $"""SELECT VALUE SUM(c["count"]) FROM c{where}"""
            : $"SELECT VALUE COUNT(1) FROM c JOIN e IN c.events{where}");
        sql = prefix is null ? sql : sql.WithParameter("@prefix", prefix);
        sql = type is { } wanted ? sql.WithParameter("@type", wanted.Value) : sql;

        var charge = new ChargeMeter();
        var count = 0L;
        await foreach (var page in reads.QueryAsync(sql, StreamPartition.Of(tenant), AggregatePage, charge, cancellationToken))
        {
            count += CommitPage.Split(page).Sum(static value => ReadNumber(value));
        }

        return new EventCount(count, charge.Total);
    }

    public async Task<FoundEvent> FindAsync(EventId id, EventForm form, CancellationToken cancellationToken)
    {
        var charge = new ChargeMeter();
        var found = id.TryGetVersion(out var stream, out var version)
            ? await FindAtAsync(stream, version, charge, cancellationToken)
            : await FindOwnAsync(id, charge, cancellationToken);
        return new FoundEvent(found?.Id == id ? found : null, charge.Total);
    }

    private async Task<RecordedEvent?> FindAtAsync(StreamId stream, long version, ChargeMeter charge, CancellationToken cancellationToken) =>
        (await commits.FindHolderAsync(stream, version, charge, cancellationToken))?.Events.FirstOrDefault(e => e.Version == version);

    private async Task<RecordedEvent?> FindOwnAsync(EventId id, ChargeMeter charge, CancellationToken cancellationToken)
    {
        var query = new QueryDefinition("SELECT * FROM c WHERE EXISTS(SELECT VALUE e FROM e IN c.events WHERE e.eventId = @id)")
            .WithParameter("@id", id.Value);
        RecordedEvent? found = null;
        await foreach (var page in reads.QueryAsync(query, StreamPartition.Of(tenant), AggregatePage, charge, cancellationToken))
        {
            foreach (var e in CommitPage.Read(page, expected: null).SelectMany(static commit => commit.Events).Where(e => e.Id == id))
            {
                found = found is null || EventOrder.IsLater(found, EventOrder.CursorAt(e)) ? e : found;
            }
        }

        return found;
    }

    private static bool IsWanted(EventQuery query, RecordedEvent e) =>
        EventConditions.Match(query, e) && (query.After is not { } after || EventOrder.IsAfter(e, after, query.Direction));

    /// <summary>
    /// Commits in the order of events. Each is announced before, when it arrives and may still have to be put in place among others of its moment: who has
    /// all that was asked for learns by that there is more, and needs no page that completes the moment.
    /// </summary>
    private async IAsyncEnumerable<(Commit Commit, bool IsInPlace)> FindCommitsAsync(
        EventQuery query, ChargeMeter charge, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var storedAtOnce = new List<Commit>();
        var pages = reads.QueryAsync(EventConditions.ToSql(query), StreamPartition.Of(tenant), query.MaxCount + 1, charge, cancellationToken);
        await foreach (var page in pages)
        {
            foreach (var commit in CommitPage.Read(page, expected: null))
            {
                if (storedAtOnce.Count > 0 && storedAtOnce[0].StoredAt != commit.StoredAt)
                {
                    foreach (var complete in EventOrder.Sort(storedAtOnce, query.Direction))
                    {
                        yield return (complete, IsInPlace: true);
                    }

                    storedAtOnce.Clear();
                }

                storedAtOnce.Add(commit);
                yield return (commit, IsInPlace: false);
            }
        }

        foreach (var complete in EventOrder.Sort(storedAtOnce, query.Direction))
        {
            yield return (complete, IsInPlace: true);
        }
    }

    private static long ReadNumber(ReadOnlyMemory<byte> json)
    {
        // The sum over no document is undefined, which a page shows as an empty object or not at all.
        var reader = new Utf8JsonReader(json.Span);
        return reader.Read() && reader.TokenType is JsonTokenType.Number ? checked((long)reader.GetDouble()) : 0;
    }
}
