using System.Text.Json;
using Microsoft.Azure.Cosmos;
using QANexus.EventStore.Cosmos.Commits;
using QANexus.EventStore.Cosmos.Documents;
using QANexus.EventStore.Cosmos.Requests;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;

namespace QANexus.EventStore.Cosmos.Subscriptions;

/// <summary>
/// Checkpoints in the <c>subscriptions</c> container: those of a tenant and group share a logical partition, so that many are read and written together.
/// </summary>
internal sealed class CheckpointStore(Container subscriptions, CosmosEventStoreOptions options, TimeProvider time) : ICheckpointStore
{
    private readonly ReadRequests reads = new(subscriptions, options, time);
    private readonly ConditionalWrites writes = new(subscriptions, options, time);

    public async Task<IReadOnlyDictionary<StreamId, StoredCheckpoint>> LoadAsync(
        TenantId tenant, SubscriptionName group, IReadOnlyCollection<StreamId> streams, DeliveryMeter meter, CancellationToken cancellationToken)
    {
        var charge = new ChargeMeter();
        var found = await reads.FindAsync([.. streams.Select(static stream => stream.ToString())], PartitionOf(tenant, group), charge, cancellationToken);
        meter.Add(charge.Total);
        return found.Select(Read).ToDictionary();
    }

    public async Task<IReadOnlyDictionary<StreamId, StoredCheckpoint>> SaveAsync(
        TenantId tenant, SubscriptionName group, IReadOnlyDictionary<StreamId, StoredCheckpoint> checkpoints, DeliveryMeter meter,
        CancellationToken cancellationToken)
    {
        var charge = new ChargeMeter();
        var saved = new Dictionary<StreamId, StoredCheckpoint>();
        try
        {
            foreach (var chunk in checkpoints.Chunk(ConditionalWrites.MaxOperations))
            {
                var written = await writes.ExecuteWhatHoldsAsync(
                    PartitionOf(tenant, group), [.. chunk.Select(pair => ToWrite(tenant, group, pair.Key, pair.Value))], charge, cancellationToken);
                foreach (var (place, tag) in written)
                {
                    saved[chunk[place].Key] = chunk[place].Value with { Tag = tag };
                }
            }

            return saved;
        }
        finally
        {
            meter.Add(charge.Total);
        }
    }

    public async Task<IReadOnlyList<KeyValuePair<StreamId, StoredCheckpoint>>> ParkedAsync(
        TenantId tenant, SubscriptionName group, int maxCount, CancellationToken cancellationToken)
    {
        var parked = new List<KeyValuePair<StreamId, StoredCheckpoint>>();
        var query = new QueryDefinition("SELECT * FROM c WHERE c.parked > 0");
        await foreach (var page in reads.QueryAsync(query, PartitionOf(tenant, group), maxCount, new ChargeMeter(), cancellationToken))
        {
            parked.AddRange(CommitPage.Split(page).Select(Read));
            if (parked.Count >= maxCount)
            {
                break;
            }
        }

        return parked;
    }

    public Task<long> CountParkedAsync(TenantId tenant, SubscriptionName group, CancellationToken cancellationToken) =>
        reads.CountAsync("c.parked > 0", PartitionOf(tenant, group), new ChargeMeter(), cancellationToken);

    public async Task<long> CountAllParkedAsync(SubscriptionName group, DeliveryMeter meter, CancellationToken cancellationToken)
    {
        var charge = new ChargeMeter();
        try
        {
            var query = new QueryDefinition("SELECT VALUE COUNT(1) FROM c WHERE c.parked > 0 AND c.subscription = @group").WithParameter("@group", group.Value);
            return await reads.CountAsync(query, partition: null, charge, cancellationToken);
        }
        finally
        {
            meter.Add(charge.Total);
        }
    }

    private static ConditionalWrite ToWrite(TenantId tenant, SubscriptionName group, StreamId stream, StoredCheckpoint stored)
    {
        var parked = stored.Checkpoint.ParkedCount;
        var document = new CheckpointDocument(
            stream.ToString(), tenant.StorageKey, group.Value, CheckpointJson.From(stored.Checkpoint), parked == 0 ? null : parked);
        return new ConditionalWrite(
            document.Id, JsonSerializer.SerializeToUtf8Bytes(document, SubscriptionsJson.Default.CheckpointDocument), stored.Tag);
    }

    private static KeyValuePair<StreamId, StoredCheckpoint> Read(ReadOnlyMemory<byte> text)
    {
        var document = JsonSerializer.Deserialize(text.Span, SubscriptionsJson.Default.CheckpointDocument)!;
        return KeyValuePair.Create(StreamId.Parse(document.Id), new StoredCheckpoint(document.Checkpoint.ToCheckpoint(), document.Tag));
    }

    private static PartitionKey PartitionOf(TenantId tenant, SubscriptionName group) =>
        new PartitionKeyBuilder().Add(tenant.StorageKey).Add(group.Value).Build();
}
