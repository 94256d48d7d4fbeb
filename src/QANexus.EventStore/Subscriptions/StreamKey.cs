using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Subscriptions;

/// <summary>A stream of some tenant: what delivery, which serves all of them, tells streams apart by.</summary>
internal readonly record struct StreamKey(TenantId Tenant, StreamId Stream)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Tenant.StorageKey}/{Stream}";
}
