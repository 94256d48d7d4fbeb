using System.Net;
using Microsoft.Azure.Cosmos;
using QANexus.EventStore.Cosmos.Partitions;
using QANexus.EventStore.Cosmos.Requests;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Cosmos.Snapshots;

/// <summary>
/// The store's own snapshot documents, one a stream. Every write is conditional on the document that was read before, so that a snapshot never takes the
/// place of a tombstone that its writer has not seen.
/// </summary>
internal sealed class SnapshotDocuments(Container snapshots, CosmosEventStoreOptions options, TimeProvider time)
{
    private readonly ReadRequests reads = new(snapshots, options, time);
    private readonly SnapshotWrites writes = new(snapshots);
    private readonly Backoff backoff = new(options, time);

    /// <summary>The document as far as a read can see, <see cref="SnapshotDocument.None"/> where there is none.</summary>
    /// <exception cref="StoreThrottledException">No request units are left.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer.</exception>
    public async Task<SnapshotDocument> ReadAsync(TenantId tenant, StreamId stream, ChargeMeter charge, CancellationToken cancellationToken)
    {
        var json = await reads.PointReadAsync(SnapshotFields.StateId, StreamPartition.Of(tenant, stream), charge, cancellationToken);
        return json is { } text ? SnapshotJson.Read(text, tenant, stream) : SnapshotDocument.None;
    }

    /// <summary>
    /// Writes a document that <see cref="SnapshotJson"/> printed, once, if what is stored is still what was <paramref name="read"/>.
    /// </summary>
    /// <returns>Null where it is written; otherwise why it perhaps is not.</returns>
    public Task<RequestFailure?> TryWriteAsync(
        TenantId tenant, StreamId stream, SnapshotDocument read, ReadOnlyMemory<byte> json, ChargeMeter charge, CancellationToken cancellationToken) =>
        writes.TryWriteAsync(SnapshotFields.StateId, StreamPartition.Of(tenant, stream), read.ETag, json, charge, cancellationToken);

    /// <summary>
    /// Takes the stream's snapshots away for good, before events of it are redacted: the store's own becomes a tombstone, on which no state is kept whose
    /// replay has not seen these revisions; what clients kept is deleted. Repeating it is harmless.
    /// </summary>
    /// <param name="tenant">Whose stream.</param>
    /// <param name="stream">Which.</param>
    /// <param name="revisions">For each commit about to be redacted, the revision that it will then have.</param>
    /// <param name="charge">Takes the request units.</param>
    /// <param name="cancellationToken">Observed between the requests.</param>
    /// <exception cref="StoreThrottledException">No request units are left; perhaps it is done, perhaps not.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer; perhaps it is done, perhaps not.</exception>
    public async Task DropAsync(
        TenantId tenant, StreamId stream, IReadOnlyDictionary<long, long> revisions, ChargeMeter charge, CancellationToken cancellationToken)
    {
        await BuryAsync(tenant, stream, revisions, charge, cancellationToken);
        await DeleteClientsAsync(tenant, stream, charge, cancellationToken);
    }

    private async Task BuryAsync(
        TenantId tenant, StreamId stream, IReadOnlyDictionary<long, long> revisions, ChargeMeter charge, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            // A read that lags is found out by the write, which is refused and brings the session token for the next one. Revisions that nobody can
            // read are of redactions long done: only those under way matter.
            var read = await ReadAsync(tenant, stream, charge, cancellationToken);
            var merged = Merge(read.Revisions ?? revisions, revisions);
            var json = SnapshotJson.Write(tenant, stream, state: null, merged);
            var failure = await TryWriteAsync(tenant, stream, read, json, charge, CancellationToken.None);
            if (failure is null)
            {
                return;
            }

            var isWorthRepeating = failure.IsTransient || failure.IsConflict || failure.IsNotFound || failure.IsPreconditionFailed;
            if (!isWorthRepeating || attempt >= options.MaxSendAttempts)
            {
                throw failure.ToException();
            }

            await backoff.WaitAsync(attempt, cancellationToken);
        }
    }

    private async Task DeleteClientsAsync(TenantId tenant, StreamId stream, ChargeMeter charge, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            RequestFailure failure;
            try
            {
                using var response = await snapshots.DeleteItemStreamAsync(
                    SnapshotFields.ClientId, StreamPartition.Of(tenant, stream), cancellationToken: CancellationToken.None);
                charge.Add(response.Headers.RequestCharge);
                if (response.IsSuccessStatusCode || response.StatusCode is HttpStatusCode.NotFound)
                {
                    return;
                }

                failure = RequestFailure.From(response);
            }
            catch (Exception exception) when (RequestFailure.From(exception) is { } found)
            {
                failure = found;
            }

            if (!failure.IsTransient || attempt >= options.MaxSendAttempts)
            {
                throw failure.ToException();
            }

            await backoff.WaitAsync(attempt, cancellationToken);
        }
    }

    private static Dictionary<long, long> Merge(IReadOnlyDictionary<long, long> known, IReadOnlyDictionary<long, long> added)
    {
        var merged = new Dictionary<long, long>(known);
        foreach (var (commit, revision) in added)
        {
            merged[commit] = Math.Max(revision, merged.GetValueOrDefault(commit));
        }

        return merged;
    }
}
