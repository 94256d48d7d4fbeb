using System.Text.Json.Serialization;
using Microsoft.Azure.Cosmos;
using QANexus.EventStore.Cosmos.Documents;
using QANexus.EventStore.Subscriptions;

namespace QANexus.EventStore.Cosmos.Subscriptions;

/// <summary>How far the reconciler has come for a group. No tenant can be named <c>$system</c>.</summary>
internal sealed record ReconcilerStateDocument(
    string Id, string TenantId, string Subscription, IReadOnlyList<ReconcilerStateDocument.Part> Parts) : ITagged
{
    private const string SystemTenant = "$system";
    private const string Name = "$reconciler";

    [JsonPropertyName("_etag")]
    public string? Tag { get; init; }

    internal sealed record Part(string Range, string? Continuation);

    /// <summary>The states in the <c>subscriptions</c> container.</summary>
    internal sealed class Store(Container subscriptions, CosmosEventStoreOptions options, TimeProvider time) : IReconcilerStates
    {
        private static readonly PartitionKey Key = new PartitionKeyBuilder().Add(SystemTenant).Add(Name).Build();

        private readonly SystemDocuments<ReconcilerStateDocument> documents =
            new(subscriptions, SubscriptionsJson.Default.ReconcilerStateDocument, options, time);

        public async Task<ReconcilerState> LoadAsync(SubscriptionName group, CancellationToken cancellationToken) =>
            await documents.FindAsync(Key, group.Value, cancellationToken) is { } found
                ? new ReconcilerState(found.Parts.ToDictionary(static part => part.Range, static part => part.Continuation, StringComparer.Ordinal), found.Tag)
                : ReconcilerState.Start;

        public async Task<ReconcilerState?> TrySaveAsync(SubscriptionName group, ReconcilerState state, CancellationToken cancellationToken)
        {
            var document = new ReconcilerStateDocument(
                group.Value, SystemTenant, Name, [.. state.Continuations.Select(static pair => new Part(pair.Key, pair.Value))]) { Tag = state.Tag };
            return await documents.TrySaveAsync(Key, document, cancellationToken) is { } tag ? state with { Tag = tag } : null;
        }
    }
}
