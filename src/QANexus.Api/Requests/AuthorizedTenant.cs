using QANexus.Api.Authentication;
using QANexus.Api.Limits;
using QANexus.EventStore;
using QANexus.EventStore.Streams;

namespace QANexus.Api.Requests;

/// <summary>A tenant, in the hands of a caller who was found to hold the permission that the operation declares. There is no other way to one's store.</summary>
/// <param name="Caller">Who.</param>
/// <param name="Store">The store of that tenant alone.</param>
/// <param name="Trace">The trace that the call is part of.</param>
/// <param name="Limits">How large its request and the answer may be.</param>
internal sealed record AuthorizedTenant(Caller Caller, ITenantEventStore Store, RequestTrace Trace, RequestLimits Limits)
{
    /// <summary>Which tenant.</summary>
    public TenantId Id => Store.Tenant;
}
