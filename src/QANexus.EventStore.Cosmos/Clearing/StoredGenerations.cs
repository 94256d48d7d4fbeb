using QANexus.EventStore.Clearing;
using QANexus.EventStore.Cosmos.Requests;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Cosmos.Clearing;

/// <summary>The generations of tenants, asked for at the primary: 1 RU a request, and never an answer from before a clear.</summary>
internal sealed class StoredGenerations(PrimaryReads subscriptions) : ITenantGenerations
{
    public async ValueTask<TenantId> CurrentAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var stored = await subscriptions.ReadAsync(tenant.Value, GenerationDocument.Partition, new ChargeMeter(), cancellationToken);
        return tenant.InGeneration(stored is null ? 0 : GenerationDocument.Read(stored.Json).Generation);
    }
}
