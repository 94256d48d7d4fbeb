using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;

namespace QANexus.EventStore.Views;

/// <summary>Writes whole documents of views that have one version only.</summary>
internal sealed class ViewWriter(IViewStore store) : IViewWriter
{
    public Task CreateAsync(SubscriptionName view, IReadOnlyList<NewViewDocument> documents, CancellationToken cancellationToken) => InChunksAsync(
        documents,
        (tenant, chunk) => store.CreateMissingAsync(tenant, new ViewVersion(view, 1), chunk, new DeliveryMeter(), cancellationToken));

    public Task PutAsync(SubscriptionName view, IReadOnlyList<NewViewDocument> documents, CancellationToken cancellationToken) => InChunksAsync(
        documents, (tenant, chunk) => PutAsync(tenant, new ViewVersion(view, 1), chunk, cancellationToken));

    private static async Task InChunksAsync(IReadOnlyList<NewViewDocument> documents, Func<TenantId, IReadOnlyList<StoredView>, Task> write)
    {
        foreach (var tenant in documents.GroupBy(static document => document.Delivery.Tenant))
        {
            foreach (var chunk in tenant.DistinctBy(static document => document.Id).Chunk(IViewStore.MaxDocuments))
            {
                await write(tenant.Key, [.. chunk.Select(ToStored)]);
            }
        }
    }

    /// <summary>Lost against another writer, it is tried again over what that one left: each time it loses, somebody got on.</summary>
    private async Task PutAsync(TenantId tenant, ViewVersion view, IReadOnlyList<StoredView> documents, CancellationToken cancellationToken)
    {
        IReadOnlyList<string?>? tags;
        do
        {
            var stored = await store.LoadAsync(tenant, view, [.. documents.Select(static document => document.Id)], new DeliveryMeter(), cancellationToken);
            tags = await store.TrySaveAsync(
                tenant,
                view,
                [.. documents.Select(document => document with { Tag = stored.GetValueOrDefault(document.Id)?.Tag })],
                new DeliveryMeter(),
                cancellationToken);
        }
        while (tags is null);
    }

    private static StoredView ToStored(NewViewDocument document)
    {
        var e = document.Delivery.Event;
        return new StoredView(document.Id.Value) { Data = document.Data, Through = new ViewPosition(e.Stream, e.Commit, e.Version, e.StoredAt) };
    }
}
