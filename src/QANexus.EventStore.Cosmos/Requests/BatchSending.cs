using Microsoft.Azure.Cosmos;

namespace QANexus.EventStore.Cosmos.Requests;

/// <summary>Sends a batch once, and tells failures of the answer and of the way to it in the same terms.</summary>
internal static class BatchSending
{
    /// <summary>Null where every operation of the batch was carried out.</summary>
    public static Task<RequestFailure?> SendAsync(TransactionalBatch batch, ChargeMeter charge, CancellationToken cancellationToken) =>
        SendAsync(batch, static _ => Task.CompletedTask, charge, cancellationToken);

    /// <summary>The same, with a look at the result of the first operation.</summary>
    public static async Task<RequestFailure?> SendAsync(
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
}
