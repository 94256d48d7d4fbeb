using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.Logging;
using QANexus.EventStore.Cosmos.Reading;
using QANexus.EventStore.Cosmos.Requests;
using QANexus.EventStore.Snapshots;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Upcasting;

namespace QANexus.EventStore.Cosmos.Snapshots;

/// <summary>The snapshots in the <c>snapshots</c> container.</summary>
internal sealed class CosmosSnapshotStore(
    Container events,
    Container snapshots,
    TailCache tails,
    EventUpcaster upcaster,
    CosmosEventStoreOptions options,
    TimeProvider time,
    ILogger<CosmosSnapshotStore> logger) : ISnapshotStore
{
    private readonly ReadRequests reads = new(events, options, time);
    private readonly BatchRequests batches = new(events, options, time);
    private readonly SnapshotDocuments documents = new(snapshots, options, time);

    public IStreamSnapshots ForTenant(TenantId tenant)
    {
        var commits = new CommitReads(tenant, reads, tails);
        return new StreamSnapshots(tenant, documents, new SnapshotReplay(tenant, commits, batches), tails, upcaster, time, logger);
    }
}
