using System.Collections.Concurrent;
using QANexus.EventStore;
using QANexus.EventStore.Streams;

namespace QANexus.Testing.Stores;

/// <summary>
/// The event store as its contracts describe it, in the plainest form: what every other implementation is compared with. Each append is one commit,
/// each call is atomic.
/// </summary>
public sealed class InMemoryEventStore(TimeProvider time) : IEventStore
{
    /// <summary>What each call reports to have spent.</summary>
    public const double RequestCharge = 1.25;

    private readonly ConcurrentDictionary<TenantId, InMemoryTenantEventStore> tenants = new();

    public ITenantEventStore ForTenant(TenantId tenant) => tenants.GetOrAdd(tenant, id => new InMemoryTenantEventStore(id, time));
}
