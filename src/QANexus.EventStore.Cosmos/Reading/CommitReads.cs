using System.Runtime.CompilerServices;
using Microsoft.Azure.Cosmos;
using QANexus.EventStore.Cosmos.Commits;
using QANexus.EventStore.Cosmos.Partitions;
using QANexus.EventStore.Cosmos.Requests;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Cosmos.Reading;

/// <summary>The reads of commits that writer and readers share.</summary>
internal sealed class CommitReads(TenantId tenant, ReadRequests reads, TailCache tails)
{
    /// <summary>Where the stream ends, as far as this read can see.</summary>
    public async Task<StreamPosition> ReadTailAsync(StreamId stream, ChargeMeter charge, CancellationToken cancellationToken)
    {
        var position = StreamPosition.Start;
        await foreach (var page in QueryPagesAsync(stream, new QueryDefinition(StreamTail.Query), 1, charge, cancellationToken))
        {
            position = StreamTail.Read(page) ?? position;
        }

        tails.Advance(tenant, stream, position);
        return position;
    }

    /// <summary>The document that carries this commit id: the only one, or the first of a split append.</summary>
    public async Task<Commit?> FindAsync(StreamId stream, CommitId commitId, ChargeMeter charge, CancellationToken cancellationToken)
    {
        var query = new QueryDefinition("SELECT * FROM c WHERE c.commitId = @k").WithParameter("@k", commitId.Value);
        await foreach (var commit in QueryAsync(stream, query, 1, charge, cancellationToken))
        {
            return commit;
        }

        return null;
    }

    /// <summary>One commit by its number, or null.</summary>
    public async Task<Commit?> ReadAsync(StreamId stream, long number, ChargeMeter charge, CancellationToken cancellationToken)
    {
        var document = await reads.PointReadAsync(CommitNumber.ToId(number), StreamPartition.Of(tenant, stream), charge, cancellationToken);
        return document is { } text ? CommitReader.Read(text, stream) : null;
    }

    /// <summary>The commit that holds this version, or null.</summary>
    public async Task<Commit?> FindHolderAsync(StreamId stream, long version, ChargeMeter charge, CancellationToken cancellationToken)
    {
        var query = version == long.MaxValue ? SliceQuery.LastBefore(version) : SliceQuery.LastBefore(version + 1);
        await foreach (var commit in QueryAsync(stream, query, 1, charge, cancellationToken))
        {
            return commit.End.Version >= version ? commit : null;
        }

        return null;
    }

    /// <summary>Commits of one stream.</summary>
    public async IAsyncEnumerable<Commit> QueryAsync(
        StreamId stream,
        QueryDefinition query,
        int pageSize,
        ChargeMeter charge,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in QueryPagesAsync(stream, query, pageSize, charge, cancellationToken))
        {
            foreach (var commit in CommitPage.Read(page, stream))
            {
                yield return commit;
            }
        }
    }

    /// <summary>The pages of a query in one stream, each read only when it is asked for.</summary>
    public IAsyncEnumerable<ReadOnlyMemory<byte>> QueryPagesAsync(
        StreamId stream, QueryDefinition query, int pageSize, ChargeMeter charge, CancellationToken cancellationToken) =>
        reads.QueryAsync(query, StreamPartition.Of(tenant, stream), pageSize, charge, cancellationToken);
}
