using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Clearing;

/// <summary>Where tenants cannot be cleared: each is what it always was.</summary>
public sealed class SoleGeneration : ITenantGenerations
{
    /// <inheritdoc/>
    public ValueTask<TenantId> CurrentAsync(TenantId tenant, CancellationToken cancellationToken) => ValueTask.FromResult(tenant);
}
