using System.Text.Json;
using Microsoft.Azure.Cosmos;
using QANexus.EventStore.Cosmos.Commits;
using QANexus.EventStore.Cosmos.Partitions;
using QANexus.EventStore.Cosmos.Reading;
using QANexus.EventStore.Cosmos.Requests;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Cosmos.Privacy;

/// <summary>
/// Finds the commits that hold events of an id. It looks with the eyes of the ordinary store, which has seen every write of this process; what another
/// process stored a moment ago is seen for certain where the id names the stream.
/// </summary>
internal sealed class EventPlaces(TenantId tenant, CommitReads commits, ReadRequests reads, BatchRequests batches)
{
    private const int PageSize = 1_000;

    /// <summary>Every commit that holds an event of this id; if there is none and it names a part of a split event, those of the whole.</summary>
    public async Task<IReadOnlyList<EventPlace>> FindAsync(EventId id, ChargeMeter charge, CancellationToken cancellationToken)
    {
        for (EventId? candidate = id; candidate is { } wanted; candidate = wanted.Whole)
        {
            if (await FindExactlyAsync(wanted, charge, cancellationToken) is { Count: > 0 } places)
            {
                return places;
            }
        }

        return [];
    }

    private Task<IReadOnlyList<EventPlace>> FindExactlyAsync(EventId id, ChargeMeter charge, CancellationToken cancellationToken) =>
        id.TryGetVersion(out var stream, out var version)
            ? FindAtAsync(id, stream, version, charge, cancellationToken)
            : FindOwnAsync(id, charge, cancellationToken);

    private async Task<IReadOnlyList<EventPlace>> FindAtAsync(
        EventId id, StreamId stream, long version, ChargeMeter charge, CancellationToken cancellationToken)
    {
        var holder = await commits.FindHolderAsync(stream, version, charge, cancellationToken);
        if (holder is null
            && await batches.ExistsAtPrimaryAsync(CommitNumber.ToId(1), StreamPartition.Of(tenant, stream), charge, cancellationToken))
        {
            // The stream exists and this version of it was not seen. The primary's answer has brought what makes the next look current.
            holder = await commits.FindHolderAsync(stream, version, charge, cancellationToken);
        }

        return holder is not null && holder.Events.Any(e => e.Id == id) ? [new EventPlace(stream, holder.Number, id)] : [];
    }

    private async Task<IReadOnlyList<EventPlace>> FindOwnAsync(EventId id, ChargeMeter charge, CancellationToken cancellationToken)
    {
        var query = new QueryDefinition(
            "SELECT c.id, c.streamId FROM c WHERE EXISTS(SELECT VALUE e FROM e IN c.events WHERE e.eventId = @id)").WithParameter("@id", id.Value);
        var places = new List<EventPlace>();
        await foreach (var page in reads.QueryAsync(query, StreamPartition.Of(tenant), PageSize, charge, cancellationToken))
        {
            foreach (var document in CommitPage.Split(page))
            {
                using var json = JsonDocument.Parse(document);
                places.Add(new EventPlace(
                    StreamId.Parse(json.RootElement.GetProperty("streamId").GetString()!), CommitNumber.FromId(json.RootElement.GetProperty("id").GetString()), id));
            }
        }

        return places;
    }
}
