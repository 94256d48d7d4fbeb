using Microsoft.Azure.Cosmos;
using QANexus.EventStore.Cosmos.Commits;

namespace QANexus.EventStore.Cosmos.Requests;

/// <summary>
/// The requests that go the write path and so see the newest state: batches that create commit documents, and batches that only read one.
/// This is the only code of the ordinary store that writes to the events container, and it knows no operation but create.
/// </summary>
internal sealed class BatchRequests(Container events, CosmosEventStoreOptions options, TimeProvider time)
{
    /// <summary>The answer need not bring back what was sent.</summary>
    private static readonly TransactionalBatchItemRequestOptions WithoutContent = new() { EnableContentResponseOnWrite = false };

    /// <summary>
    /// In gateway mode the SDK sends a write again by itself where the connection broke, unless it is told to stay with its endpoint: a conflict may then
    /// be with the first of two requests that look like one.
    /// </summary>
    private readonly bool isRepeatedByTheSdk =
        events.Database.Client.ClientOptions is { ConnectionMode: ConnectionMode.Gateway, LimitToEndpoint: false };

    private readonly Backoff backoff = new(options, time);
    private readonly PrimaryReads primary = new(events, options, time);

    /// <summary>
    /// Creates all drafts or none. While the outcome is open the very same batch is sent again: ids and the unique commit id make a repeat
    /// harmless, and its answer decides.
    /// </summary>
    public async Task<CreateOutcome> CreateAsync(IReadOnlyList<CommitDraft> drafts, PartitionKey partition, ChargeMeter charge)
    {
        var wasOpen = false;
        for (var attempt = 1; ; attempt++)
        {
            // A request that is on its way is never cancelled: its outcome is worth more than the time.
            var batch = events.CreateTransactionalBatch(partition);
            foreach (var draft in drafts)
            {
                batch.CreateItemStream(draft.OpenBody(), WithoutContent);
            }

            var failure = await BatchSending.SendAsync(batch, charge, CancellationToken.None);
            if (failure is null)
            {
                return CreateOutcome.Created;
            }

            if (failure.IsConflict)
            {
                return wasOpen || isRepeatedByTheSdk ? CreateOutcome.ConflictAfterOpenAttempt : CreateOutcome.Conflict;
            }

            // A throttled repeat says nothing about the attempt before it.
            wasOpen |= failure.IsTransient;
            var isWorthRepeating = failure.IsTransient || (failure.IsThrottled && wasOpen);
            if (!isWorthRepeating || attempt >= options.MaxSendAttempts)
            {
                return wasOpen ? CreateOutcome.Open(failure) : throw failure.ToException();
            }

            await backoff.WaitAsync(attempt, CancellationToken.None);
        }
    }

    /// <summary>
    /// Whether the document exists, as the primary knows it; the answer also brings the session token that makes the reads after it current.
    /// </summary>
    public async Task<bool> ExistsAtPrimaryAsync(string id, PartitionKey partition, ChargeMeter charge, CancellationToken cancellationToken) =>
        await primary.ReadAsync(id, partition, charge, cancellationToken) is not null;
}
