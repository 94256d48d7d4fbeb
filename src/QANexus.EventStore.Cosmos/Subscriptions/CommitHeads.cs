using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Azure.Cosmos;
using QANexus.EventStore.Cosmos.Commits;
using QANexus.EventStore.Cosmos.Partitions;
using QANexus.EventStore.Cosmos.Requests;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;
using QANexus.EventStore.Time;

namespace QANexus.EventStore.Cosmos.Subscriptions;

/// <summary>Finds the newest commits by the clocks of their writers.</summary>
internal sealed class CommitHeads(Container events, CosmosEventStoreOptions options, TimeProvider time) : ICommitHeads
{
    private readonly ReadRequests reads = new(events, options, time);

    public async Task<IReadOnlyList<CommitHead>> NewestAsync(TenantId tenant, int maxCount, CancellationToken cancellationToken)
    {
        var heads = new List<CommitHead>();
        var query = new QueryDefinition("SELECT c.id, c.streamId, c.eventTypes, c.storedAt FROM c ORDER BY c.storedAt DESC");
        await foreach (var page in reads.QueryAsync(query, StreamPartition.Of(tenant), maxCount, new ChargeMeter(), cancellationToken))
        {
            heads.AddRange(CommitPage.Split(page).Select(text => Read(tenant, text)).OfType<CommitHead>());
            if (heads.Count >= maxCount)
            {
                break;
            }
        }

        return heads;
    }

    public Task<long> CountAsync(TenantId tenant, CancellationToken cancellationToken) =>
        reads.CountAsync("true", StreamPartition.Of(tenant), new ChargeMeter(), cancellationToken);

    private static CommitHead? Read(TenantId tenant, ReadOnlyMemory<byte> text)
    {
        var head = JsonSerializer.Deserialize(text.Span, CommitHeadsJson.Default.Head)!;
        return StreamId.TryParse(head.StreamId, out var stream) && Rfc3339.TryParse(head.StoredAt, out var storedAt)
            ? new CommitHead(
                new CommitAddress(new StreamKey(tenant, stream), CommitNumber.FromId(head.Id)), [.. head.EventTypes?.Select(EventType.Parse) ?? []], storedAt)
            : null;
    }

    internal sealed record Head(string Id, string? StreamId, IReadOnlyList<string>? EventTypes, string? StoredAt);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CommitHeads.Head))]
internal sealed partial class CommitHeadsJson : JsonSerializerContext;
