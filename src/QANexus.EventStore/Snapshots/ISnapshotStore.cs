using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Snapshots;

/// <summary>The snapshots of all tenants: only a way to those of one.</summary>
internal interface ISnapshotStore
{
    /// <summary>Costs nothing.</summary>
    IStreamSnapshots ForTenant(TenantId tenant);
}
