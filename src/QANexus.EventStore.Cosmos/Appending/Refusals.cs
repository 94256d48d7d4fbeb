using QANexus.EventStore.Appending;
using QANexus.EventStore.Cosmos.Commits;
using QANexus.EventStore.Cosmos.Partitions;
using QANexus.EventStore.Cosmos.Requests;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Cosmos.Appending;

/// <summary>
/// Confirms decisions not to write at the primary: a batch that reads the next commit goes the write path. Its answer brings the session token that
/// makes the look-up by commit id current, so that comes after.
/// </summary>
internal sealed class Refusals(TenantId tenant, BatchRequests batches, StoredAppends appends) : IRefusals
{
    public Task<RefusalCheck> ConfirmAsync(Refusal refusal, CancellationToken cancellationToken) =>
        ConfirmAsync(refusal, new ChargeMeter(), cancellationToken);

    /// <summary>The same as a part of an operation, whose charge so far is in the answer.</summary>
    public async Task<RefusalCheck> ConfirmAsync(Refusal refusal, ChargeMeter charge, CancellationToken cancellationToken)
    {
        var partition = StreamPartition.Of(tenant, refusal.Stream);
        if (await batches.ExistsAtPrimaryAsync(CommitNumber.ToId(refusal.Seen.Commit + 1), partition, charge, cancellationToken))
        {
            return new RefusalCheck.Outdated(charge.Total);
        }

        if (refusal.CommitId is not { } key || await appends.FindAsync(refusal.Stream, key, charge, cancellationToken) is not { } stored)
        {
            return new RefusalCheck.Confirmed(charge.Total);
        }

        return string.Equals(stored.Fingerprint, refusal.Fingerprint?.Value, StringComparison.Ordinal)
            ? new RefusalCheck.CarriedOut(stored.Receipt, charge.Total)
            : new RefusalCheck.KeyReused(key, charge.Total);
    }
}
