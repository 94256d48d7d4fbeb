using System.Runtime.CompilerServices;
using Microsoft.Azure.Cosmos;
using QANexus.EventStore.Cosmos.Commits;
using QANexus.EventStore.Cosmos.Partitions;
using QANexus.EventStore.Cosmos.Reading;
using QANexus.EventStore.Cosmos.Requests;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Upcasting;

namespace QANexus.EventStore.Cosmos.Privacy;

/// <summary>
/// Finds the commits that hold events of an id. It looks with the eyes of the ordinary store, which has seen every write of this process; what another
/// process stored a moment ago is seen for certain where the id names the stream.
/// </summary>
internal sealed class EventPlaces(TenantId tenant, EventUpcaster upcaster, CommitReads commits, ReadRequests reads, BatchRequests batches)
{
    private const int PageSize = 100;

    /// <summary>
    /// Every commit that holds an event of this id; if there is none and it is that of a part which reads show of a split event, those of the whole.
    /// The number of a part that nobody was shown names nothing.
    /// </summary>
    /// <exception cref="UpcastingFailedException">What could be the whole cannot be split.</exception>
    /// <exception cref="UnknownSchemaVersionException">What could be the whole is of a newer version than this build knows.</exception>
    public async Task<IReadOnlyList<EventPlace>> FindAsync(EventId id, ChargeMeter charge, CancellationToken cancellationToken)
    {
        EventId? candidate = id;
        for (var depth = 0; depth <= upcaster.Catalog.SplitDepth && candidate is { } stored; depth++, candidate = stored.Whole)
        {
            var places = new List<EventPlace>();
            await foreach (var commit in FindExactlyAsync(stored, charge, cancellationToken))
            {
                if (stored == id || await HasPartAsync(commit, stored, id, cancellationToken))
                {
                    places.Add(new EventPlace(commit.Stream, commit.Number, stored));
                }
            }

            if (places.Count > 0)
            {
                return places;
            }
        }

        return [];
    }

    private async ValueTask<bool> HasPartAsync(Commit commit, EventId whole, EventId part, CancellationToken cancellationToken)
    {
        foreach (var e in commit.Events.Where(e => e.Id == whole))
        {
            if (await upcaster.HasPartAsync(tenant, e, part, cancellationToken))
            {
                return true;
            }
        }

        return false;
    }

    private IAsyncEnumerable<Commit> FindExactlyAsync(EventId id, ChargeMeter charge, CancellationToken cancellationToken)
    {
        if (id.TryGetVersion(out var stream, out var version))
        {
            return FindAtAsync(id, stream, version, charge, cancellationToken);
        }

        return id.CanBeStored ? FindOwnAsync(id, charge, cancellationToken) : AsyncEnumerable.Empty<Commit>();
    }

    private async IAsyncEnumerable<Commit> FindAtAsync(
        EventId id, StreamId stream, long version, ChargeMeter charge, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var holder = await commits.FindHolderAsync(stream, version, charge, cancellationToken);
        if (holder is null
            && await batches.ExistsAtPrimaryAsync(CommitNumber.ToId(1), StreamPartition.Of(tenant, stream), charge, cancellationToken))
        {
            // The stream exists and this version of it was not seen. The primary's answer has brought what makes the next look current.
            holder = await commits.FindHolderAsync(stream, version, charge, cancellationToken);
        }

        if (holder is not null && holder.Events.Any(e => e.Id == id))
        {
            yield return holder;
        }
    }

    private async IAsyncEnumerable<Commit> FindOwnAsync(
        EventId id, ChargeMeter charge, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var query = new QueryDefinition("SELECT * FROM c WHERE EXISTS(SELECT VALUE e FROM e IN c.events WHERE e.eventId = @id)")
            .WithParameter("@id", id.Value);
        await foreach (var page in reads.QueryAsync(query, StreamPartition.Of(tenant), PageSize, charge, cancellationToken))
        {
            foreach (var commit in CommitPage.Read(page, expected: null))
            {
                yield return commit;
            }
        }
    }
}
