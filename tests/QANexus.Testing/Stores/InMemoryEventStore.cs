using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using QANexus.EventStore;
using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Privacy;
using QANexus.EventStore.Schemas;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Upcasting;

namespace QANexus.Testing.Stores;

/// <summary>
/// The event store as its contracts describe it, in the plainest form: what every other implementation is compared with. Each append is one commit,
/// each call is atomic.
/// </summary>
public sealed class InMemoryEventStore : IEventStore, IEventRedactor
{
    /// <summary>What each call reports to have spent.</summary>
    public const double RequestCharge = 1.25;

    private readonly ConcurrentDictionary<TenantId, InMemoryTenantEventStore> tenants = new();
    private readonly TimeProvider time;
    private readonly EventUpcaster upcaster;
    private readonly AppendAdmission admission;

    /// <summary>A store that knows no event types.</summary>
    public InMemoryEventStore(TimeProvider time)
        : this(time, EventCatalog.Empty, new EventCatalogOptions(), schemas: null)
    {
    }

    public InMemoryEventStore(TimeProvider time, EventCatalog catalog, EventCatalogOptions options, IEventSchemaCompiler? schemas)
    {
        this.time = time;
        upcaster = new EventUpcaster(catalog);
        admission = new AppendAdmission(catalog, new EventSchemas(catalog, schemas), new FoldAdmission([], upcaster), Options.Create(options));
    }

    public ITenantEventStore ForTenant(TenantId tenant) => new UpcastingTenantEventStore(Stored(tenant), upcaster);

    public async Task<RedactionResult> RedactAsync(TenantId tenant, EventId id, RedactionRequest request, CancellationToken cancellationToken)
    {
        var events = Stored(tenant);
        EventId? candidate = id;
        for (var depth = 0; depth <= upcaster.Catalog.SplitDepth && candidate is { } stored; depth++, candidate = stored.Whole)
        {
            var streams = new HashSet<StreamId>();
            foreach (var e in events.All(stored))
            {
                if (stored == id || await upcaster.HasPartAsync(tenant, e, id, cancellationToken))
                {
                    streams.Add(e.Stream);
                }
            }

            if (streams.Count > 0)
            {
                return events.Redact(stored, streams, request);
            }
        }

        return new RedactionResult.NotFound(RequestCharge);
    }

    private InMemoryTenantEventStore Stored(TenantId tenant) => tenants.GetOrAdd(tenant, id => new InMemoryTenantEventStore(id, admission, time));
}
