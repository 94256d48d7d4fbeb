using QANexus.EventStore.Streams;

namespace QANexus.EventStore;

/// <summary>The event store of all tenants: only a way to one of them. Code that serves requests asks for it after authorisation, never before.</summary>
public interface IEventStore
{
    /// <summary>The store of one tenant; costs nothing.</summary>
    ITenantEventStore ForTenant(TenantId tenant);
}
