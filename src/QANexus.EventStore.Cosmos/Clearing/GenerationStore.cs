using Microsoft.Azure.Cosmos;
using QANexus.EventStore.Cosmos.Requests;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Cosmos.Clearing;

/// <summary>Changes the document of a tenant's generation, whoever else does so at the same time.</summary>
internal sealed class GenerationStore(Container subscriptions, CosmosEventStoreOptions options, TimeProvider time)
{
    private static readonly TimeSpan RetryAfterContention = TimeSpan.FromSeconds(1);

    private readonly PrimaryReads reads = new(subscriptions, options, time);
    private readonly Backoff backoff = new(options, time);

    /// <summary>
    /// Stores what <paramref name="change"/> makes of the document, and returns it. Where the outcome of a write is open the change is made again of
    /// whatever is there: it must be one that may happen twice.
    /// </summary>
    public async Task<GenerationDocument> ChangeAsync(
        TenantId tenant, Func<GenerationDocument, GenerationDocument> change, ChargeMeter charge, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var stored = await reads.ReadAsync(tenant.Value, GenerationDocument.Partition, charge, cancellationToken);
            var changed = change(stored is null ? GenerationDocument.Of(tenant) : GenerationDocument.Read(stored.Json));
            if (await SendAsync(changed, stored, charge, cancellationToken) is not { } failure)
            {
                return changed;
            }

            var isContended = failure.IsConflict || failure.IsPreconditionFailed;
            if (attempt >= options.MaxPositionAttempts || !(isContended || failure.IsTransient))
            {
                throw isContended
                    ? new StoreUnavailableException($"Others clear tenant {tenant} all the time.", RetryAfterContention)
                    : failure.ToException();
            }

            await backoff.WaitAsync(Math.Min(attempt, 5), cancellationToken);
        }
    }

    private async Task<RequestFailure?> SendAsync(GenerationDocument document, StoredDocument? replaced, ChargeMeter charge, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream(document.ToJson(), writable: false);
        var batch = subscriptions.CreateTransactionalBatch(GenerationDocument.Partition);
        batch = replaced is null
            ? batch.CreateItemStream(body)
            : batch.ReplaceItemStream(document.Id, body, new TransactionalBatchItemRequestOptions { IfMatchEtag = replaced.ETag });
        return await BatchSending.SendAsync(batch, charge, cancellationToken);
    }
}
