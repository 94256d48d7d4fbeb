using Microsoft.Azure.Cosmos;
using QANexus.EventStore.Cosmos.Commits;
using QANexus.EventStore.Cosmos.Partitions;
using QANexus.EventStore.Cosmos.Requests;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Cosmos.Reading;

/// <summary>Reads streams: one query where the page reaches the stream's end, two in parallel otherwise.</summary>
internal sealed class EventReader(TenantId tenant, CommitReads commits, BatchRequests batches, TailCache tails, TimeProvider time) : IEventReader
{
    /// <summary>Documents of one page of a read that wants everything.</summary>
    private const int WholeStreamPage = 1_000;

    private static readonly TimeSpan AtLeastPoll = TimeSpan.FromMilliseconds(100);

    private readonly SliceRead slices = new(commits);

    public async Task<StreamSlice> ReadAsync(StreamId stream, StreamReadOptions options, CancellationToken cancellationToken)
    {
        StreamReadOptions.Check(options);
        var charge = new ChargeMeter();
        if (options.AtLeast is not { } position)
        {
            return await slices.ReadAsync(stream, options, charge, cancellationToken);
        }

        var started = time.GetTimestamp();
        for (var wasThere = false; ;)
        {
            var slice = await slices.ReadAsync(stream, options, charge, cancellationToken);
            if (slice.Position.Commit >= position.Commit && slice.Position.Version >= position.Version)
            {
                return slice;
            }

            // Asking the primary brings the session token that makes the next read current, if the position is real.
            var partition = StreamPartition.Of(tenant, stream);
            var isThere = await batches.ExistsAtPrimaryAsync(CommitNumber.ToId(position.Commit), partition, charge, cancellationToken);
            if (time.GetElapsedTime(started) >= StreamReadOptions.AtLeastTimeout)
            {
                throw new StoreUnavailableException($"Stream {stream} has not reached position {position}.", TimeSpan.FromSeconds(1));
            }

            // Worth a second look at once, but only one: a version that the commit does not have is no position, and would be looked for without a pause.
            if (!isThere || wasThere)
            {
                await Task.Delay(AtLeastPoll, time, cancellationToken);
            }

            wasThere = isThere;
        }
    }

    public async Task<StreamSlice> ReadAfterAsync(StreamId stream, StreamPosition known, CancellationToken cancellationToken)
    {
        var charge = new ChargeMeter();
        var read = new CommitSequence(stream, known);
        var query = new QueryDefinition("SELECT * FROM c ORDER BY c.id ASC");
        if (known != StreamPosition.Start)
        {
            if (await commits.ReadAsync(stream, known.Commit + 1, charge, cancellationToken) is not { } next)
            {
                return new StreamSlice([], known, NextVersion: null, charge.Total);
            }

            read.Add(next);
            query = new QueryDefinition("SELECT * FROM c WHERE c.id > @id ORDER BY c.id ASC").WithParameter("@id", CommitNumber.ToId(next.Number));
        }

        await foreach (var commit in commits.QueryAsync(stream, query, WholeStreamPage, charge, cancellationToken))
        {
            read.Add(commit);
        }

        tails.Advance(tenant, stream, read.End);
        return new StreamSlice(read.Events, read.End, NextVersion: null, charge.Total);
    }
}
