using Microsoft.Azure.Cosmos;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Cosmos.Partitions;
using QANexus.EventStore.Cosmos.Reading;
using QANexus.EventStore.Cosmos.Requests;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Snapshots;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Cosmos.Snapshots;

/// <summary>The snapshots of clients, in the <c>snapshots</c> container beside the store's own.</summary>
internal sealed class CosmosClientSnapshots(
    IEventStore store, Container events, Container snapshots, TailCache tails, CosmosEventStoreOptions options, TimeProvider time) : IClientSnapshots
{
    private static readonly TimeSpan RetryAfterContention = TimeSpan.FromSeconds(1);

    private readonly ReadRequests eventReads = new(events, options, time);
    private readonly ReadRequests reads = new(snapshots, options, time);
    private readonly SnapshotWrites writes = new(snapshots);
    private readonly Backoff backoff = new(options, time);

    public async Task<FoundClientSnapshot> FindAsync(TenantId tenant, StreamId stream, CancellationToken cancellationToken)
    {
        var charge = new ChargeMeter();
        var found = await ReadAsync(tenant, stream, charge, cancellationToken);
        return new FoundClientSnapshot(found?.Kept, charge.Total);
    }

    public async Task<KeepSnapshotResult> KeepAsync(
        TenantId tenant, StreamId stream, ClientSnapshot snapshot, CancellationToken cancellationToken)
    {
        var charge = new ChargeMeter();
        if (await FindRefusalAsync(tenant, stream, snapshot, charge, cancellationToken) is { } refused)
        {
            return refused with { RequestCharge = charge.Total };
        }

        var kept = new KeptSnapshot(snapshot, time.GetUtcNow(), ClientSnapshotJson.DigestOf(snapshot));
        for (var attempt = 1; ; attempt++)
        {
            // A read that lags is found out by the write, which is refused and brings the session token for the next one.
            var before = await ReadAsync(tenant, stream, charge, cancellationToken);
            if (before?.Kept.Snapshot.Version > snapshot.Version)
            {
                return new KeepSnapshotResult.Older(before.Value.Kept.Snapshot.Version, charge.Total);
            }

            var json = ClientSnapshotJson.Write(tenant, stream, kept);
            var failure = await writes.TryWriteAsync(
                SnapshotFields.ClientId, StreamPartition.Of(tenant, stream), before?.ETag, json, charge, CancellationToken.None);
            if (failure is null)
            {
                return new KeepSnapshotResult.Kept(kept, IsFirst: before is null, charge.Total);
            }

            var isOvertaken = failure.IsConflict || failure.IsPreconditionFailed || failure.IsNotFound;
            if (attempt >= options.MaxSendAttempts || !(isOvertaken || failure.IsTransient))
            {
                throw isOvertaken
                    ? new StoreUnavailableException($"Others keep snapshots of stream {stream} all the time.", RetryAfterContention)
                    : failure.ToException();
            }

            await backoff.WaitAsync(attempt, cancellationToken);
        }
    }

    /// <summary>Why the stream has no such version, if the primary says so, too.</summary>
    private async Task<KeepSnapshotResult?> FindRefusalAsync(
        TenantId tenant, StreamId stream, ClientSnapshot snapshot, ChargeMeter charge, CancellationToken cancellationToken)
    {
        if (tails.Find(tenant, stream)?.Version >= snapshot.Version)
        {
            return null;
        }

        var commits = new CommitReads(tenant, eventReads, tails);
        for (var attempt = 1; attempt <= options.MaxPositionAttempts; attempt++)
        {
            var tail = await commits.ReadTailAsync(stream, charge, cancellationToken);
            if (tail.Version >= snapshot.Version)
            {
                return null;
            }

            var check = await store.ForTenant(tenant).ConfirmAsync(new Refusal(stream, tail), cancellationToken);
            charge.Add(check.RequestCharge);
            if (check is not RefusalCheck.Outdated)
            {
                return tail == StreamPosition.Start ? new KeepSnapshotResult.NoStream(charge.Total) : new KeepSnapshotResult.BeyondEnd(tail.Version, charge.Total);
            }
        }

        throw new StoreUnavailableException($"Stream {stream} moves faster than it can be read.", RetryAfterContention);
    }

    private async Task<(KeptSnapshot Kept, string ETag)?> ReadAsync(
        TenantId tenant, StreamId stream, ChargeMeter charge, CancellationToken cancellationToken)
    {
        var json = await reads.PointReadAsync(SnapshotFields.ClientId, StreamPartition.Of(tenant, stream), charge, cancellationToken);
        return json is { } text ? ClientSnapshotJson.Read(text, stream) : null;
    }
}
