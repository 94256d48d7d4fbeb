using System.Globalization;
using Microsoft.Azure.Cosmos;
using QANexus.EventStore.Cosmos.Commits;
using QANexus.EventStore.Cosmos.Documents;
using QANexus.EventStore.Cosmos.Requests;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;
using QANexus.EventStore.Views;

namespace QANexus.EventStore.Cosmos.Views;

/// <summary>Views in the <c>views</c> container: a version of a tenant's view is one logical partition, so that documents and checkpoints change together.</summary>
internal sealed class ViewStore(Container views, CosmosEventStoreOptions options, TimeProvider time) : IViewStore
{
    private readonly ReadRequests reads = new(views, options, time);
    private readonly ConditionalWrites writes = new(views, options, time);

    public async Task<IReadOnlyDictionary<string, StoredView>> LoadAsync(
        TenantId tenant, ViewVersion view, IReadOnlyCollection<string> ids, DeliveryMeter meter, CancellationToken cancellationToken)
    {
        var charge = new ChargeMeter();
        var found = await reads.FindAsync(ids, PartitionOf(tenant, view), charge, cancellationToken);
        meter.Add(charge.Total);
        return found.Select(ViewJson.Read).ToDictionary(static document => document.Id, StringComparer.Ordinal);
    }

    public async Task<IReadOnlyList<string?>?> TrySaveAsync(
        TenantId tenant, ViewVersion view, IReadOnlyList<StoredView> documents, DeliveryMeter meter, CancellationToken cancellationToken)
    {
        var charge = new ChargeMeter();
        try
        {
            var outcome = await writes.ExecuteAsync(
                PartitionOf(tenant, view), [.. documents.Select(document => ToWrite(tenant, view, document))], charge, cancellationToken);
            return outcome.IsDone ? outcome.Tags : null;
        }
        finally
        {
            meter.Add(charge.Total);
        }
    }

    public async Task CreateMissingAsync(
        TenantId tenant, ViewVersion view, IReadOnlyList<StoredView> documents, DeliveryMeter meter, CancellationToken cancellationToken)
    {
        var charge = new ChargeMeter();
        await writes.ExecuteWhatHoldsAsync(
            PartitionOf(tenant, view), [.. documents.Select(document => ToWrite(tenant, view, document))], charge, cancellationToken);
        meter.Add(charge.Total);
    }

    public async Task<IReadOnlyList<StoredView>> ListAsync(
        TenantId tenant, ViewVersion view, string? after, int maxCount, DeliveryMeter meter, CancellationToken cancellationToken)
    {
        // The mark of a checkpoint sorts before every character of a view id.
        var query = new QueryDefinition("SELECT * FROM c WHERE c.id > @after AND IS_DEFINED(c.data) ORDER BY c.id ASC")
            .WithParameter("@after", after ?? $"{StoredView.CheckpointMark}~");
        var charge = new ChargeMeter();
        var found = await ReadAsync(query, tenant, view, maxCount, charge, cancellationToken);
        meter.Add(charge.Total);
        return found;
    }

    public Task<IReadOnlyList<StoredView>> ParkedAsync(TenantId tenant, ViewVersion view, int maxCount, CancellationToken cancellationToken) =>
        ReadAsync(new QueryDefinition("SELECT * FROM c WHERE c.parked > 0"), tenant, view, maxCount, new ChargeMeter(), cancellationToken);

    public Task<long> CountParkedAsync(TenantId tenant, ViewVersion view, CancellationToken cancellationToken) =>
        reads.CountAsync("c.parked > 0", PartitionOf(tenant, view), new ChargeMeter(), cancellationToken);

    public async Task<long> CountAllParkedAsync(IReadOnlyCollection<SubscriptionName> views, DeliveryMeter meter, CancellationToken cancellationToken)
    {
        var charge = new ChargeMeter();
        try
        {
            // The first version of a view has its bare name. What is left of a view that no code keeps any more is nobody's to retry.
            var conditions = views.Select(static (_, n) => string.Create(CultureInfo.InvariantCulture, $"c.view = @v{n} OR STARTSWITH(c.view, @p{n})"));
            var query = views.Index().Aggregate(
                new QueryDefinition($"SELECT VALUE COUNT(1) FROM c WHERE c.parked > 0 AND ({string.Join(" OR ", conditions)})"),
                static (sql, view) => sql
                    .WithParameter(string.Create(CultureInfo.InvariantCulture, $"@v{view.Index}"), view.Item.Value)
                    .WithParameter(string.Create(CultureInfo.InvariantCulture, $"@p{view.Index}"), $"{view.Item}{ViewVersion.Separator}"));
            return await reads.CountAsync(query, partition: null, charge, cancellationToken);
        }
        finally
        {
            meter.Add(charge.Total);
        }
    }

    public async Task<bool> DeleteSomeAsync(TenantId tenant, ViewVersion view, CancellationToken cancellationToken)
    {
        var found = await ReadAsync(
            new QueryDefinition("SELECT c.id, c._etag FROM c"), tenant, view, ConditionalWrites.MaxOperations, new ChargeMeter(), cancellationToken);
        if (found.Count == 0)
        {
            return false;
        }

        // Lost against somebody who still writes, it is tried again with what is there then.
        await writes.ExecuteAsync(
            PartitionOf(tenant, view), [.. found.Select(static document => new ConditionalWrite(document.Id, Body: null, document.Tag))],
            new ChargeMeter(), cancellationToken);
        return true;
    }

    private async Task<IReadOnlyList<StoredView>> ReadAsync(
        QueryDefinition query, TenantId tenant, ViewVersion view, int maxCount, ChargeMeter charge, CancellationToken cancellationToken)
    {
        var found = new List<StoredView>();
        await foreach (var page in reads.QueryAsync(query, PartitionOf(tenant, view), maxCount, charge, cancellationToken))
        {
            found.AddRange(CommitPage.Split(page).Select(ViewJson.Read));
            if (found.Count >= maxCount)
            {
                break;
            }
        }

        return [.. found.Take(maxCount)];
    }

    private static ConditionalWrite ToWrite(TenantId tenant, ViewVersion version, StoredView view) => new(
        view.Id, view is { Data: null, Checkpoint: null } ? null : ViewJson.Write(tenant, version, view), view.Tag);

    private static PartitionKey PartitionOf(TenantId tenant, ViewVersion view) =>
        new PartitionKeyBuilder().Add(tenant.StorageKey).Add(view.StorageKey).Build();
}
