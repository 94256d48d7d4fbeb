using Microsoft.Azure.Cosmos;
using QANexus.EventStore.Cosmos.Requests;

namespace QANexus.EventStore.Cosmos.Privacy;

/// <summary>
/// The requests of the identity that may replace commit documents: the only code of the store that does. Both go the write path, so that what is read
/// is the newest state and what is replaced is what was read.
/// </summary>
internal sealed class CommitDocuments(Container events)
{
    /// <summary>The document, or the failure; neither where there is none.</summary>
    public async Task<(CommitDocument? Document, RequestFailure? Failure)> ReadAsync(
        string id, PartitionKey partition, ChargeMeter charge, CancellationToken cancellationToken)
    {
        CommitDocument? document = null;
        var failure = await SendAsync(
            events.CreateTransactionalBatch(partition).ReadItem(id),
            async result => document = new CommitDocument(await ContentAsync(result.ResourceStream), result.ETag),
            charge,
            cancellationToken);
        return (document, failure is { IsNotFound: true } ? null : failure);
    }

    /// <summary>Replaces the document if it is still <paramref name="read"/>. Null where it is done; after any failure the document itself tells.</summary>
    public Task<RequestFailure?> ReplaceAsync(
        string id, CommitDocument read, byte[] body, PartitionKey partition, ChargeMeter charge)
    {
        // A request that is on its way is never cancelled: its outcome is worth more than the time.
        var options = new TransactionalBatchItemRequestOptions { IfMatchEtag = read.ETag };
        var batch = events.CreateTransactionalBatch(partition).ReplaceItemStream(id, new MemoryStream(body, writable: false), options);
        return SendAsync(batch, static _ => Task.CompletedTask, charge, CancellationToken.None);
    }

    private static async Task<RequestFailure?> SendAsync(
        TransactionalBatch batch, Func<TransactionalBatchOperationResult, Task> onSuccess, ChargeMeter charge, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await batch.ExecuteAsync(cancellationToken);
            charge.Add(response.Headers.RequestCharge);
            if (!response.IsSuccessStatusCode)
            {
                return RequestFailure.From(response);
            }

            await onSuccess(response[0]);
            return null;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && RequestFailure.From(exception) is { } found)
        {
            return found;
        }
    }

    private static async Task<byte[]> ContentAsync(Stream content)
    {
        var copy = new byte[content.Length];
        await content.ReadExactlyAsync(copy);
        return copy;
    }
}
