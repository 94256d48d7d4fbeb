using QANexus.EventStore.Subscriptions;

namespace QANexus.EventStore.Views;

/// <summary>Creates documents that must not exist yet; that one does is the same as having created it.</summary>
internal sealed class ViewWriter(IViewStore store) : IViewWriter
{
    public async Task CreateAsync(
        EventDelivery delivery, SubscriptionName view, ViewId id, ReadOnlyMemory<byte> data, CancellationToken cancellationToken) =>
        await store.TrySaveAsync(
            delivery.Tenant,
            new ViewVersion(view, 1),
            [
                new StoredView(id.Value)
                {
                    Data = data,
                    Through = new ViewPosition(delivery.Event.Stream, delivery.Event.Commit, delivery.Event.Version, delivery.Event.StoredAt),
                },
            ],
            new DeliveryMeter(),
            cancellationToken);
}
