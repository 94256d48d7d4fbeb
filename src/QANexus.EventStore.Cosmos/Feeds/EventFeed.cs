using QANexus.EventStore.Cosmos.Commits;
using QANexus.EventStore.Cosmos.Partitions;
using QANexus.EventStore.Cosmos.Requests;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Feeds;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Cosmos.Feeds;

/// <summary>The feed of one tenant: the change feed of the events container below the tenant's key prefix.</summary>
internal sealed class EventFeed(TenantId tenant, ReadRequests reads, AppendSignals appends, CosmosEventStoreOptions options, TimeProvider time) : IEventFeed
{
    public async Task<FeedPage> ReadFeedAsync(FeedPosition? after, FeedReadOptions read, CancellationToken cancellationToken)
    {
        FeedReadOptions.Check(read);
        if (after is not null)
        {
            FeedContinuation.Require(after.Continuation, tenant);
        }

        var charge = new ChargeMeter();
        var started = time.GetTimestamp();
        while (true)
        {
            var appended = appends.NextAppendOf(tenant);
            var page = await ReadOnceAsync(after, read, charge, cancellationToken);
            var left = read.Wait - time.GetElapsedTime(started);
            if (page.Commits.Count > 0 || left <= TimeSpan.Zero)
            {
                return page;
            }

            after = page.Position;
            await PauseAsync(left < options.FeedPollInterval ? left : options.FeedPollInterval, appended, cancellationToken);
        }
    }

    private async Task<FeedPage> ReadOnceAsync(FeedPosition? after, FeedReadOptions read, ChargeMeter charge, CancellationToken cancellationToken)
    {
        var batch = new FeedBatch(after, read);
        do
        {
            var page = await reads.ReadChangesAsync(StreamPartition.Of(tenant), batch.Continuation, batch.PageSize, charge, cancellationToken);
            var next = FeedContinuation.Narrow(page.Continuation);
            if (page.IsEmpty)
            {
                batch.EndFeed(next);
                return new FeedPage(batch.Commits, batch.Position!, IsCaughtUp: true, charge.Total);
            }

            if (!TryTake(batch, page.Body, batch.Continuation ?? FeedContinuation.BeginningOf(next)))
            {
                break;
            }

            batch.EndPage(next);
        }
        while (!batch.IsFull);

        return new FeedPage(batch.Commits, batch.Position!, IsCaughtUp: false, charge.Total);
    }

    /// <summary>Whether the page was taken to its end.</summary>
    private bool TryTake(FeedBatch batch, ReadOnlyMemory<byte> body, string pageStart)
    {
        try
        {
            foreach (var document in CommitPage.Split(body).Where(document => CommitOwner.Is(document, tenant)))
            {
                var commit = CommitReader.Read(document, expected: null);
                if (!batch.HasRoomFor(commit))
                {
                    return false;
                }

                if (!batch.Skips(commit))
                {
                    batch.Add(commit, commit.Events, pageStart);
                }
            }

            return true;
        }
        catch (CorruptStreamException) when (!batch.IsEmpty)
        {
            // What comes before it is delivered; whoever goes on from there meets it first.
            return false;
        }
    }

    private async Task PauseAsync(TimeSpan pause, Task appended, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var delay = Task.Delay(pause, time, either.Token);
        await Task.WhenAny(delay, appended);
        await either.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }
}
