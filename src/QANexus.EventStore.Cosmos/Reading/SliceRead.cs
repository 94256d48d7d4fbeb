using QANexus.EventStore.Cosmos.Commits;
using QANexus.EventStore.Cosmos.Requests;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Cosmos.Reading;

/// <summary>Reads one page of a stream in either direction.</summary>
internal sealed class SliceRead(CommitReads commits)
{
    private const int MaxAttempts = 3;

    /// <summary>
    /// Reads the page. Queries in parallel may be answered by replicas of different age, which looks like a gap; their session tokens make the
    /// next attempt consistent, so only a gap that stays is one.
    /// </summary>
    public async Task<StreamSlice> ReadAsync(
        StreamId stream, StreamReadOptions options, ChargeMeter charge, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await ReadOnceAsync(stream, options, charge, cancellationToken);
            }
            catch (CorruptStreamException) when (attempt < MaxAttempts)
            {
                // Read again, see above.
            }
        }
    }

    private async Task<StreamSlice> ReadOnceAsync(
        StreamId stream, StreamReadOptions options, ChargeMeter charge, CancellationToken cancellationToken)
    {
        // The end of a part of the stream says nothing about the end of the stream, which is asked for beside it.
        var tail = options.ToVersion is not null || options.AsOf is not null
            ? commits.ReadTailAsync(stream, charge, cancellationToken)
            : null;
        var boundary = options.AsOf is { } time ? await FindBoundaryAsync(stream, time, charge, cancellationToken) : null;
        var page = new SlicePage(stream, options);
        var before = options.Direction is ReadDirection.Forward && options.FromVersion > 1
            ? FindBeforeAsync(stream, options.FromVersion, charge, cancellationToken)
            : null;
        await using var found = commits
            .QueryAsync(stream, SliceQuery.For(options, boundary), options.MaxCount + 1, charge, cancellationToken)
            .GetAsyncEnumerator(cancellationToken);
        var hasCommit = await found.MoveNextAsync();
        if (before is not null && await before is { } commit && (boundary is null || commit.Number < boundary))
        {
            page.Add(commit);
        }

        while (hasCommit && !page.IsDone)
        {
            page.Add(found.Current);
            hasCommit = await found.MoveNextAsync();
        }

        if (!hasCommit)
        {
            page.Exhaust();
        }

        var end = tail is not null
            ? await tail
            : page.EndOfStream(isExhausted: !hasCommit) ?? await commits.ReadTailAsync(stream, charge, cancellationToken);
        var reached = page.Newest;
        var isPartial = reached.Version < Math.Min(end.Version, options.ToVersion ?? long.MaxValue) && reached.Commit + 1 < (boundary ?? long.MaxValue);
        if (isPartial && !page.IsCut && await commits.ReadAsync(stream, reached.Commit + 1, charge, cancellationToken) is null)
        {
            // Had it come while the page was read, it would be there now.
            throw new CorruptStreamException(stream, $"commit {reached.Commit + 1} is missing before commit {end.Commit}.");
        }

        return page.ToSlice(end, charge.Total);
    }

    /// <summary>The number of the first commit stored after <paramref name="time"/>, which the past before it does not see.</summary>
    private async Task<long?> FindBoundaryAsync(StreamId stream, DateTimeOffset time, ChargeMeter charge, CancellationToken cancellationToken)
    {
        await foreach (var commit in commits.QueryAsync(stream, SliceQuery.FirstStoredAfter(time), 1, charge, cancellationToken))
        {
            return commit.Number;
        }

        return null;
    }

    /// <summary>The last commit that begins before <paramref name="version"/>, which may hold it.</summary>
    private async Task<Commit?> FindBeforeAsync(StreamId stream, long version, ChargeMeter charge, CancellationToken cancellationToken)
    {
        await foreach (var commit in commits.QueryAsync(stream, SliceQuery.LastBefore(version), 1, charge, cancellationToken))
        {
            return commit;
        }

        return null;
    }
}
