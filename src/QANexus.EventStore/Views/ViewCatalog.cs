using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;

namespace QANexus.EventStore.Views;

/// <summary>What this process believes of the versions of views, for a few seconds at a time.</summary>
internal sealed class ViewCatalog(IViewVersions versions, DeliveryServices services)
{
    private readonly RecentEntries<TenantId, Believed> tenants = new(services.Options.RememberedStreams);

    /// <summary>As the store said at most <see cref="SubscriptionOptions.VersionTrust"/> ago.</summary>
    public async ValueTask<TenantViews> GetAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        if (tenants.Find(tenant) is { } believed && services.Time.GetElapsedTime(believed.Timestamp) < services.Options.VersionTrust)
        {
            return believed.Views;
        }

        // The trust begins before the question, not after the answer.
        var timestamp = services.Time.GetTimestamp();
        var views = await versions.LoadAsync(tenant, cancellationToken);
        tenants.Set(tenant, new Believed(views, timestamp));
        return views;
    }

    private sealed record Believed(TenantViews Views, long Timestamp);
}
