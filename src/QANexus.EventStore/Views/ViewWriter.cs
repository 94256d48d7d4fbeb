using QANexus.EventStore.Subscriptions;

namespace QANexus.EventStore.Views;

/// <summary>Creates documents that must not exist yet; that one does is the same as having created it.</summary>
internal sealed class ViewWriter(IViewStore store) : IViewWriter
{
    public async Task CreateAsync(SubscriptionName view, IReadOnlyList<NewViewDocument> documents, CancellationToken cancellationToken)
    {
        foreach (var tenant in documents.GroupBy(static document => document.Delivery.Tenant))
        {
            foreach (var chunk in tenant.DistinctBy(static document => document.Id).Chunk(IViewStore.MaxDocuments))
            {
                await store.CreateMissingAsync(tenant.Key, new ViewVersion(view, 1), [.. chunk.Select(ToStored)], new DeliveryMeter(), cancellationToken);
            }
        }
    }

    private static StoredView ToStored(NewViewDocument document)
    {
        var e = document.Delivery.Event;
        return new StoredView(document.Id.Value) { Data = document.Data, Through = new ViewPosition(e.Stream, e.Commit, e.Version, e.StoredAt) };
    }
}
