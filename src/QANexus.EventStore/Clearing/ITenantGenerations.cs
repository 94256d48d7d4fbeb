using QANexus.EventStore.Failures;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Clearing;

/// <summary>
/// In which generation a tenant is. Whoever serves a request asks once, after authorisation and before the tenant's store is opened, and does
/// everything in the generation that it got.
/// </summary>
public interface ITenantGenerations
{
    /// <summary>
    /// The tenant in the newest generation, as the primary knows it: never one from before a clear that has answered. Where tenants cannot be
    /// cleared it is <paramref name="tenant"/> itself, without asking anybody.
    /// </summary>
    /// <exception cref="StoreThrottledException">No request units are left.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer.</exception>
    ValueTask<TenantId> CurrentAsync(TenantId tenant, CancellationToken cancellationToken);
}
