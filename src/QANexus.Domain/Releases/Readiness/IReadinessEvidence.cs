using QANexus.Domain.Releases.Confidence;
using QANexus.EventStore.Streams;

namespace QANexus.Domain.Releases.Readiness;

/// <summary>Where the figures come from that a release is judged by.</summary>
public interface IReadinessEvidence
{
    /// <summary>
    /// What is known now of tests, bugs and requirements: of those that are linked to the release, of the whole tenant where none is. A source that does not
    /// answer is absent, which never passes a gate, and takes none of the others with it.
    /// </summary>
    Task<ReadinessInputs> GatherAsync(TenantId tenant, AggregateId release, CancellationToken cancellationToken);
}
