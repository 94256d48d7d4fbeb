using QANexus.EventStore.Failures;
using QANexus.EventStore.Subscriptions;

namespace QANexus.EventStore.Views;

/// <summary>For subscribers that keep a view document by document.</summary>
public interface IViewWriter
{
    /// <summary>
    /// Creates documents because of deliveries of one tenant, as many together as fit into a write. One that exists stays as it is, so a repeat of a
    /// delivery changes nothing.
    /// </summary>
    /// <param name="view">A view registered with <c>AddSubscriberView</c>.</param>
    /// <param name="documents">The documents.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StoreThrottledException">No request units are left; some may be created.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer; some may be created.</exception>
    Task CreateAsync(SubscriptionName view, IReadOnlyList<NewViewDocument> documents, CancellationToken cancellationToken);

    /// <summary>
    /// Puts documents in the place of those with the same ids, or creates them: for what a redaction leaves of a document. One that is there afterwards is
    /// not undone by a <see cref="CreateAsync"/> that began before, with what the event was then.
    /// </summary>
    /// <param name="view">A view registered with <c>AddSubscriberView</c>.</param>
    /// <param name="documents">The documents, of different ids.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StoreThrottledException">No request units are left; some may be written.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer; some may be written.</exception>
    Task PutAsync(SubscriptionName view, IReadOnlyList<NewViewDocument> documents, CancellationToken cancellationToken);
}

/// <summary>A document to be written.</summary>
/// <param name="Delivery">The delivery, whose tenant and event it belongs to.</param>
/// <param name="Id">Its id, made of the delivery.</param>
/// <param name="Data">One JSON object in UTF-8.</param>
public sealed record NewViewDocument(EventDelivery Delivery, ViewId Id, ReadOnlyMemory<byte> Data);
