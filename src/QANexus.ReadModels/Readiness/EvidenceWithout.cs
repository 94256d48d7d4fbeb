using QANexus.Domain.Releases.Confidence;
using QANexus.Domain.Releases.Readiness;
using QANexus.EventStore.Streams;

namespace QANexus.ReadModels.Readiness;

/// <summary>Evidence in which a source that is known to be behind is absent: what it says would be from before the event that asks.</summary>
/// <param name="evidence">The evidence.</param>
/// <param name="forget">Takes the source out.</param>
internal sealed class EvidenceWithout(IReadinessEvidence evidence, Func<ReadinessInputs, ReadinessInputs> forget) : IReadinessEvidence
{
    /// <inheritdoc/>
    public async Task<ReadinessInputs> GatherAsync(TenantId tenant, AggregateId release, CancellationToken cancellationToken) =>
        forget(await evidence.GatherAsync(tenant, release, cancellationToken));
}
