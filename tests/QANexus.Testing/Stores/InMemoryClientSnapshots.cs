using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Buffers.Text;
using System.Text;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Snapshots;
using QANexus.EventStore.Streams;

namespace QANexus.Testing.Stores;

/// <summary>The snapshots of clients as their contract describes them, in the plainest form.</summary>
public sealed class InMemoryClientSnapshots(InMemoryEventStore store, TimeProvider time) : IClientSnapshots
{
    private readonly ConcurrentDictionary<(TenantId, StreamId), KeptSnapshot> snapshots = new();

    public Task<FoundClientSnapshot> FindAsync(TenantId tenant, StreamId stream, CancellationToken cancellationToken) =>
        Task.FromResult(new FoundClientSnapshot(snapshots.GetValueOrDefault((tenant, stream)), InMemoryEventStore.RequestCharge));

    public async Task<KeepSnapshotResult> KeepAsync(
        TenantId tenant, StreamId stream, ClientSnapshot snapshot, CancellationToken cancellationToken)
    {
        var end = (await store.ForTenant(tenant).ReadAsync(stream, new StreamReadOptions { MaxCount = 1 }, cancellationToken)).Position;
        if (end == StreamPosition.Start)
        {
            return new KeepSnapshotResult.NoStream(InMemoryEventStore.RequestCharge);
        }

        if (snapshot.Version > end.Version)
        {
            return new KeepSnapshotResult.BeyondEnd(end.Version, InMemoryEventStore.RequestCharge);
        }

        var before = snapshots.GetValueOrDefault((tenant, stream));
        if (before?.Snapshot.Version > snapshot.Version)
        {
            return new KeepSnapshotResult.Older(before.Snapshot.Version, InMemoryEventStore.RequestCharge);
        }

        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{snapshot.Version}\n{snapshot.Schema}\n{snapshot.State}"));
        var kept = new KeptSnapshot(snapshot, time.GetUtcNow(), Base64Url.EncodeToString(hash.AsSpan(0, 16)));
        snapshots[(tenant, stream)] = kept;
        return new KeepSnapshotResult.Kept(kept, IsFirst: before is null, InMemoryEventStore.RequestCharge);
    }
}
