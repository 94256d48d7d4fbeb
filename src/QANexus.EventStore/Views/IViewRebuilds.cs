using QANexus.EventStore.Failures;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;

namespace QANexus.EventStore.Views;

/// <summary>Asks for rebuilds of views and shows how far they are.</summary>
public interface IViewRebuilds
{
    /// <summary>Asks for a rebuild. One that is under way is not begun anew.</summary>
    /// <returns>The rebuild; null where no projection keeps such a view.</returns>
    /// <exception cref="StoreThrottledException">No request units are left.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer.</exception>
    Task<RebuildStatus?> RequestAsync(TenantId tenant, SubscriptionName view, CancellationToken cancellationToken);

    /// <summary>The rebuild of a view that is under way, or the last one; null where there was none.</summary>
    /// <exception cref="StoreThrottledException">No request units are left.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer.</exception>
    Task<RebuildStatus?> FindAsync(TenantId tenant, SubscriptionName view, CancellationToken cancellationToken);
}
