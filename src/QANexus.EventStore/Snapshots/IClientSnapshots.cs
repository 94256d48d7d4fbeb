using QANexus.EventStore.Failures;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Snapshots;

/// <summary>Keeps one snapshot a stream for clients that fold for themselves. No load of the store looks at it.</summary>
public interface IClientSnapshots
{
    /// <summary>The newest snapshot that was kept.</summary>
    /// <exception cref="StoreThrottledException">No request units are left.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer.</exception>
    Task<FoundClientSnapshot> FindAsync(TenantId tenant, StreamId stream, CancellationToken cancellationToken);

    /// <summary>
    /// Keeps a snapshot in place of an older one or one of the same version. That the stream has no such version is confirmed where its newest state is
    /// known. Repeating it is harmless.
    /// </summary>
    /// <exception cref="StoreThrottledException">No request units are left; perhaps it is kept, perhaps not.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer, or others came first too often; perhaps it is kept, perhaps not.</exception>
    Task<KeepSnapshotResult> KeepAsync(TenantId tenant, StreamId stream, ClientSnapshot snapshot, CancellationToken cancellationToken);
}
