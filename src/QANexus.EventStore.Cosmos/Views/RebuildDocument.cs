using System.Text.Json.Serialization;
using Microsoft.Azure.Cosmos;
using QANexus.EventStore.Cosmos.Documents;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;
using QANexus.EventStore.Views;

namespace QANexus.EventStore.Cosmos.Views;

/// <summary>A rebuild, under way or the last one done; those of all tenants share a logical partition, where the worker finds them.</summary>
internal sealed record RebuildDocument(
    string Id, string TenantId, string View, string Tenant, string Name, string State, long Target, long Replaced, long Done, long Total,
    string? Continuation, DateTimeOffset StartedAt, DateTimeOffset ChangedAt) : ITagged
{
    private const string SystemTenant = "$system";
    private const string Partition = "$rebuilds";

    [JsonPropertyName("_etag")]
    public string? Tag { get; init; }

    private static RebuildDocument From(RebuildJob job) => new(
        IdOf(job.Tenant, job.View), SystemTenant, Partition, job.Tenant.StorageKey, job.View.Value, job.State.ToString(), job.Target, job.Replaced,
        job.Done, job.Total, job.Continuation, job.StartedAt, job.ChangedAt)
    {
        Tag = job.Tag,
    };

    private RebuildJob ToJob() => new(Streams.TenantId.FromStorageKey(Tenant), SubscriptionName.Parse(Name))
    {
        State = Enum.Parse<RebuildState>(State),
        Target = Target,
        Replaced = Replaced,
        Done = Done,
        Total = Total,
        Continuation = Continuation,
        StartedAt = StartedAt,
        ChangedAt = ChangedAt,
        Tag = Tag,
    };

    private static string IdOf(TenantId tenant, SubscriptionName view) => $"{tenant.StorageKey}:{view}";

    /// <summary>The rebuilds in the <c>views</c> container.</summary>
    internal sealed class Store(Container views, CosmosEventStoreOptions options, TimeProvider time) : IRebuildJobs
    {
        private static readonly PartitionKey Key = new PartitionKeyBuilder().Add(SystemTenant).Add(Partition).Build();

        private readonly SystemDocuments<RebuildDocument> documents = new(views, ViewsJson.Default.RebuildDocument, options, time);

        public async Task<RebuildJob?> FindAsync(TenantId tenant, SubscriptionName view, CancellationToken cancellationToken) =>
            (await documents.FindAsync(Key, IdOf(tenant, view), cancellationToken))?.ToJob();

        public async Task<IReadOnlyList<RebuildJob>> UnfinishedAsync(CancellationToken cancellationToken) =>
            [.. (await documents.QueryAsync(Key, $"SELECT * FROM c WHERE c.state != '{RebuildState.Done}'", cancellationToken)).Select(static document => document.ToJob())];

        public async Task<bool> TrySaveAsync(RebuildJob job, CancellationToken cancellationToken) =>
            await documents.TrySaveAsync(Key, From(job), cancellationToken) is not null;
    }
}
