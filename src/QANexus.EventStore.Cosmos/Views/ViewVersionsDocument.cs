using System.Text.Json.Serialization;
using Microsoft.Azure.Cosmos;
using QANexus.EventStore.Cosmos.Documents;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Views;

namespace QANexus.EventStore.Cosmos.Views;

/// <summary>The one document of a tenant that says which versions of its views are in force. No view can be named <c>$versions</c>.</summary>
internal sealed record ViewVersionsDocument(
    string Id, string TenantId, string View, IReadOnlyDictionary<string, ViewVersionsDocument.Numbers> Views) : ITagged
{
    private const string Name = "$versions";

    [JsonPropertyName("_etag")]
    public string? Tag { get; init; }

    public static ViewVersionsDocument From(TenantId tenant, TenantViews views) => new(
        Name, tenant.StorageKey, Name, views.Views.ToDictionary(static pair => pair.Key, static pair => new Numbers(pair.Value.Active, pair.Value.Building)))
    {
        Tag = views.Tag,
    };

    public TenantViews ToViews() => new(
        Views.ToDictionary(static pair => pair.Key, static pair => new TenantViews.Entry(pair.Value.Active, pair.Value.Building), StringComparer.Ordinal), Tag);

    internal sealed record Numbers(long Active, long? Building);

    /// <summary>The versions in the <c>views</c> container.</summary>
    internal sealed class Store(Container views, CosmosEventStoreOptions options, TimeProvider time) : IViewVersions
    {
        private readonly SystemDocuments<ViewVersionsDocument> documents = new(views, ViewsJson.Default.ViewVersionsDocument, options, time);

        public async Task<TenantViews> LoadAsync(TenantId tenant, CancellationToken cancellationToken) =>
            (await documents.FindAsync(PartitionOf(tenant), Name, cancellationToken))?.ToViews() ?? TenantViews.None;

        public async Task<bool> TrySaveAsync(TenantId tenant, TenantViews views, CancellationToken cancellationToken) =>
            await documents.TrySaveAsync(PartitionOf(tenant), From(tenant, views), cancellationToken) is not null;

        private static PartitionKey PartitionOf(TenantId tenant) => new PartitionKeyBuilder().Add(tenant.StorageKey).Add(Name).Build();
    }
}
