using QANexus.EventStore.Cosmos.Commits;
using QANexus.EventStore.Cosmos.Partitions;
using QANexus.EventStore.Cosmos.Requests;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Feeds;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Upcasting;

namespace QANexus.EventStore.Cosmos.Feeds;

/// <summary>The feed of one tenant: the change feed of the events container below the tenant's key prefix.</summary>
internal sealed class EventFeed(
    TenantId tenant, ReadRequests reads, EventUpcaster upcaster, AppendSignals appends, CosmosEventStoreOptions options, TimeProvider time) : IEventFeed
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
            if (page.IsCaughtUp)
            {
                await PauseAsync(left < options.FeedPollInterval ? left : options.FeedPollInterval, appended, cancellationToken);
            }
        }
    }

    private async Task<FeedPage> ReadOnceAsync(FeedPosition? after, FeedReadOptions read, ChargeMeter charge, CancellationToken cancellationToken)
    {
        var batch = new FeedBatch(after, read);
        do
        {
            var page = await reads.ReadChangesAsync(StreamPartition.Of(tenant), batch.Continuation, batch.PageSize, charge, cancellationToken);
            if (page.IsEmpty)
            {
                batch.EndFeed(page.Continuation);
                return new FeedPage(batch.Commits, batch.Position!, IsCaughtUp: true, charge.Total);
            }

            if (!await TryTakeAsync(batch, page.Body, batch.Continuation ?? FeedContinuation.BeginningOf(page.Continuation), read.Form, cancellationToken))
            {
                break;
            }

            batch.EndPage(page.Continuation);
        }
        while (!batch.IsFull);

        return new FeedPage(batch.Commits, batch.Position!, IsCaughtUp: false, charge.Total);
    }

    /// <summary>Whether the page was taken to its end.</summary>
    private async Task<bool> TryTakeAsync(
        FeedBatch batch, ReadOnlyMemory<byte> body, string pageStart, EventForm form, CancellationToken cancellationToken)
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
                    var events = form is EventForm.AsStored
                        ? commit.Events
                        : await upcaster.UpcastAsync(tenant, commit.Events, cancellationToken);
                    batch.Add(commit, events, pageStart);
                }
            }

            return true;
        }
        catch (EventStoreException) when (!batch.IsEmpty)
        {
            // A commit that cannot be read or upcast. What comes before it is delivered; whoever goes on from there meets it first.
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
