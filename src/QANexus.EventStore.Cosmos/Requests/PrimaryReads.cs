using Microsoft.Azure.Cosmos;

namespace QANexus.EventStore.Cosmos.Requests;

/// <summary>
/// Point reads that go the write path, as batches of one: they see the newest state, whatever replicas have reached, and bring the session token that
/// makes the reads after them see it too.
/// </summary>
internal sealed class PrimaryReads(Container container, CosmosEventStoreOptions options, TimeProvider time)
{
    private readonly Backoff backoff = new(options, time);

    /// <summary>The document, or null where there is none.</summary>
    public async Task<StoredDocument?> ReadAsync(string id, PartitionKey partition, ChargeMeter charge, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            StoredDocument? document = null;
            var failure = await BatchSending.SendAsync(
                container.CreateTransactionalBatch(partition).ReadItem(id),
                async result => document = new StoredDocument(await ContentAsync(result.ResourceStream), result.ETag),
                charge,
                cancellationToken);
            if (failure is null || failure.IsNotFound)
            {
                return document;
            }

            if (!failure.IsTransient || attempt >= options.MaxSendAttempts)
            {
                throw failure.ToException();
            }

            await backoff.WaitAsync(attempt, cancellationToken);
        }
    }

    private static async Task<byte[]> ContentAsync(Stream content)
    {
        var copy = new byte[content.Length];
        await content.ReadExactlyAsync(copy);
        return copy;
    }
}
