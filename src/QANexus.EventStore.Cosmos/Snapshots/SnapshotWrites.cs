using Microsoft.Azure.Cosmos;
using QANexus.EventStore.Cosmos.Requests;

namespace QANexus.EventStore.Cosmos.Snapshots;

/// <summary>Writes to the <c>snapshots</c> container: every one conditional on what was read before.</summary>
internal sealed class SnapshotWrites(Container snapshots)
{
    /// <summary>Sends the document once, if what is stored under its id is still what was read.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="partition">Its stream.</param>
    /// <param name="etag">What was read; null where there was nothing.</param>
    /// <param name="json">The document.</param>
    /// <param name="charge">Takes the request units.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>Null where it is written; otherwise why it perhaps is not.</returns>
    public async Task<RequestFailure?> TryWriteAsync(
        string id, PartitionKey partition, string? etag, ReadOnlyMemory<byte> json, ChargeMeter charge, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream(json.ToArray(), writable: false);
        try
        {
            using var response = etag is null
                ? await snapshots.CreateItemStreamAsync(body, partition, cancellationToken: cancellationToken)
                : await snapshots.ReplaceItemStreamAsync(body, id, partition, new ItemRequestOptions { IfMatchEtag = etag }, cancellationToken);
            charge.Add(response.Headers.RequestCharge);
            return response.IsSuccessStatusCode ? null : RequestFailure.From(response);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && RequestFailure.From(exception) is { } found)
        {
            return found;
        }
    }
}
