using QANexus.EventStore.Failures;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;

namespace QANexus.EventStore.Views;

/// <summary>Keeps the documents of views, those of a tenant and a version of a view together.</summary>
internal interface IViewStore
{
    /// <summary>Documents of one write at most.</summary>
    const int MaxDocuments = 100;

    /// <summary>The documents of these ids that exist.</summary>
    /// <exception cref="StoreThrottledException">No request units are left.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer.</exception>
    Task<IReadOnlyDictionary<string, StoredView>> LoadAsync(
        TenantId tenant, ViewVersion view, IReadOnlyCollection<string> ids, DeliveryMeter meter, CancellationToken cancellationToken);

    /// <summary>
    /// Creates, replaces or, where neither data nor checkpoint is left, deletes all of these, each only in the state that it was read in.
    /// </summary>
    /// <returns>Their new tags in order; null where one was changed by somebody else, and nothing is saved.</returns>
    /// <exception cref="StoreThrottledException">No request units are left.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer.</exception>
    Task<IReadOnlyList<string?>?> TrySaveAsync(
        TenantId tenant, ViewVersion view, IReadOnlyList<StoredView> documents, DeliveryMeter meter, CancellationToken cancellationToken);

    /// <summary>Creates those of the documents, at most <see cref="MaxDocuments"/>, that do not exist.</summary>
    /// <exception cref="StoreThrottledException">No request units are left; nothing is created.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer.</exception>
    Task CreateMissingAsync(
        TenantId tenant, ViewVersion view, IReadOnlyList<StoredView> documents, DeliveryMeter meter, CancellationToken cancellationToken);

    /// <summary>The documents with data after an id, by id; their checkpoints are left out.</summary>
    Task<IReadOnlyList<StoredView>> ListAsync(TenantId tenant, ViewVersion view, string? after, int maxCount, DeliveryMeter meter, CancellationToken cancellationToken);

    /// <summary>Documents whose checkpoint has parked the stream.</summary>
    Task<IReadOnlyList<StoredView>> ParkedAsync(TenantId tenant, ViewVersion view, int maxCount, CancellationToken cancellationToken);

    /// <summary>How many documents have a parked stream.</summary>
    Task<long> CountParkedAsync(TenantId tenant, ViewVersion view, CancellationToken cancellationToken);

    /// <summary>The same over all tenants and every version of these views, one that is being built or removed included.</summary>
    /// <param name="views">At least one.</param>
    /// <param name="meter">Pays.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <exception cref="StoreThrottledException">No request units are left.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer.</exception>
    Task<long> CountAllParkedAsync(IReadOnlyCollection<SubscriptionName> views, DeliveryMeter meter, CancellationToken cancellationToken);

    /// <summary>Deletes some documents; false when none is left.</summary>
    Task<bool> DeleteSomeAsync(TenantId tenant, ViewVersion view, CancellationToken cancellationToken);
}
