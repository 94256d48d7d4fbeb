using QANexus.EventStore.Failures;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Reading;

/// <summary>
/// Everything that is stored, as stored, across tenants: for the tools of whoever runs the store. It is no part of the store's registration, so that
/// code which serves requests cannot come by it.
/// </summary>
public interface IStoredEvents
{
    /// <summary>
    /// Every event, in no order beyond that of a commit, a page at a time. What is appended meanwhile may or may not be among them.
    /// </summary>
    /// <param name="tenant">Whose; null for everybody's.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <exception cref="CorruptStreamException">A document cannot be read.</exception>
    /// <exception cref="StoreThrottledException">No request units are left.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer.</exception>
    IAsyncEnumerable<StoredEvent> ReadAllAsync(TenantId? tenant, CancellationToken cancellationToken);
}
