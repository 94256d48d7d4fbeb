using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Telemetry;

/// <summary>A store whose calls are traced and measured.</summary>
internal sealed class ObservedEventStore(IEventStore inner, TimeProvider time) : IEventStore
{
    public ITenantEventStore ForTenant(TenantId tenant) => new ObservedTenantEventStore(inner.ForTenant(tenant), time);
}
