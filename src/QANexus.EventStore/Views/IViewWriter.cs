using QANexus.EventStore.Failures;
using QANexus.EventStore.Subscriptions;

namespace QANexus.EventStore.Views;

/// <summary>For subscribers that keep a view document by document.</summary>
public interface IViewWriter
{
    /// <summary>Creates a document because of a delivery. One that exists stays as it is, so a repeat of the delivery changes nothing.</summary>
    /// <param name="delivery">The delivery, whose tenant and event the document belongs to.</param>
    /// <param name="view">A view registered with <c>AddSubscriberView</c>.</param>
    /// <param name="id">Its id, made of the delivery.</param>
    /// <param name="data">One JSON object in UTF-8.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StoreThrottledException">No request units are left.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer.</exception>
    Task CreateAsync(EventDelivery delivery, SubscriptionName view, ViewId id, ReadOnlyMemory<byte> data, CancellationToken cancellationToken);
}
