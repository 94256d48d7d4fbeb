using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.Options;
using QANexus.EventStore.Cosmos.Appending;
using QANexus.EventStore.Cosmos.Feeds;
using QANexus.EventStore.Cosmos.Querying;
using QANexus.EventStore.Cosmos.Reading;
using QANexus.EventStore.Cosmos.Requests;
using QANexus.EventStore.Schemas;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Upcasting;

namespace QANexus.EventStore.Cosmos;

/// <summary>The event store on the <c>events</c> container.</summary>
internal sealed class CosmosEventStore(
    Container events,
    TailCache tails,
    EventUpcaster upcaster,
    AppendAdmission admission,
    IOptions<CosmosEventStoreOptions> options,
    TimeProvider time)
    : IEventStore
{
    private readonly ReadRequests reads = new(events, options.Value, time);
    private readonly BatchRequests batches = new(events, options.Value, time);
    private readonly AppendSignals signals = new();

    public ITenantEventStore ForTenant(TenantId tenant)
    {
        var commits = new CommitReads(tenant, reads, tails);
        var appends = new StoredAppends(tenant, commits, tails);
        var refusals = new Refusals(tenant, batches, appends);
        var reader = new EventReader(tenant, commits, batches, tails, time);
        return new CosmosTenantEventStore(
            tenant,
            new EventWriter(tenant, batches, commits, appends, refusals, tails, admission, options.Value, time),
            refusals,
            new UpcastEventReads(tenant, upcaster, reader, new EventQueries(tenant, reads, commits)),
            new EventFeed(tenant, reads, upcaster, signals, options.Value, time),
            signals);
    }
}
