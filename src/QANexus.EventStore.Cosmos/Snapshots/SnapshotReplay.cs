using Microsoft.Azure.Cosmos;
using QANexus.EventStore.Cosmos.Commits;
using QANexus.EventStore.Cosmos.Partitions;
using QANexus.EventStore.Cosmos.Reading;
using QANexus.EventStore.Cosmos.Requests;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Cosmos.Snapshots;

/// <summary>Reads the commits between a snapshot and the end of its stream.</summary>
internal sealed class SnapshotReplay(TenantId tenant, CommitReads commits, BatchRequests batches)
{
    /// <summary>
    /// Commits of the first page, read beside the snapshot: enough for a stream that is not far beyond it, and few enough to be cheap where they are not
    /// needed.
    /// </summary>
    private const int FirstPage = 14;

    /// <summary>Commits of any further page.</summary>
    private const int LargePage = 1_000;

    /// <summary>The newest commits of the stream, newest first; none where it has none.</summary>
    public async Task<IReadOnlyList<Commit>> ReadNewestAsync(StreamId stream, ChargeMeter charge, CancellationToken cancellationToken)
    {
        var query = new QueryDefinition("SELECT * FROM c ORDER BY c.id DESC");
        await foreach (var page in commits.QueryPagesAsync(stream, query, FirstPage, charge, cancellationToken))
        {
            if (CommitPage.Read(page, stream).ToList() is { Count: > 0 } newest)
            {
                return newest;
            }
        }

        return [];
    }

    /// <summary>
    /// The commits after <paramref name="known"/>; null where the stream does not pass through it. What is missing may be a lagging replica's fault, so
    /// the primary is asked, whose answer makes the second read current.
    /// </summary>
    /// <param name="stream">The stream.</param>
    /// <param name="known">Where to begin.</param>
    /// <param name="newest">The newest commits, if they were read before.</param>
    /// <param name="revisions">The revisions that commits should have reached.</param>
    /// <param name="charge">Takes the request units.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task<ReplayedCommits?> ReadAfterAsync(
        StreamId stream,
        StreamPosition known,
        IReadOnlyList<Commit>? newest,
        IReadOnlyDictionary<long, long> revisions,
        ChargeMeter charge,
        CancellationToken cancellationToken)
    {
        for (var isCurrent = false; ; isCurrent = true)
        {
            var read = await CollectAsync(stream, known, newest, charge, cancellationToken);
            var behind = read?.Find(commit => commit.Revision < revisions.GetValueOrDefault(commit.Number))?.Number;
            var missing = read is null ? known.Commit : behind;
            if (missing is not { } number || isCurrent || !await IsThereAsync(stream, number, charge, cancellationToken))
            {
                return read is null ? null : new ReplayedCommits(read, SawRedactions: behind is null);
            }

            newest = newest is null ? null : await ReadNewestAsync(stream, charge, cancellationToken);
        }
    }

    private Task<bool> IsThereAsync(StreamId stream, long commit, ChargeMeter charge, CancellationToken cancellationToken) =>
        batches.ExistsAtPrimaryAsync(CommitNumber.ToId(commit), StreamPartition.Of(tenant, stream), charge, cancellationToken);

    private async Task<List<Commit>?> CollectAsync(
        StreamId stream, StreamPosition known, IReadOnlyList<Commit>? newest, ChargeMeter charge, CancellationToken cancellationToken)
    {
        var read = new List<Commit>();
        var oldest = newest is [.., var last] ? last.Number : (long?)null;
        if (newest is null || oldest > known.Commit + 1)
        {
            // Where nothing else shows that the stream passes through the position, the commit that ends there does.
            var from = newest is null ? known.Commit : known.Commit + 1;
            await foreach (var commit in commits.QueryAsync(stream, Between(from, oldest), LargePage, charge, cancellationToken))
            {
                read.Add(commit);
            }
        }

        read.AddRange((newest ?? []).Reverse());
        return Follow(stream, known, read);
    }

    /// <summary>The commits after <paramref name="known"/>, or null where they do not follow it.</summary>
    private static List<Commit>? Follow(StreamId stream, StreamPosition known, List<Commit> read)
    {
        var isKnown = known != StreamPosition.Start;
        var last = read is [.., var newest] ? newest.Number : 0;
        if (isKnown && (last < known.Commit || read.Exists(commit => commit.Number == known.Commit && commit.End != known)))
        {
            return null;
        }

        read.RemoveAll(commit => commit.Number <= known.Commit);
        try
        {
            var end = known;
            foreach (var commit in read)
            {
                CommitSequence.RequireNeighbours(stream, end, commit);
                end = commit.End;
            }
        }
        catch (CorruptStreamException) when (isKnown)
        {
            return null;
        }

        return read;
    }

    private static QueryDefinition Between(long from, long? before)
    {
        var query = new QueryDefinition(
            $"SELECT * FROM c WHERE c.id >= @from{(before is null ? string.Empty : " AND c.id < @before")} ORDER BY c.id ASC")
            .WithParameter("@from", CommitNumber.ToId(from));
        return before is { } number ? query.WithParameter("@before", CommitNumber.ToId(number)) : query;
    }
}
