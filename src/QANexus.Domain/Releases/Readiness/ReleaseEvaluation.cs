using QANexus.Domain.Arithmetic;
using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Streams;

namespace QANexus.Domain.Releases.Readiness;

/// <summary>Evaluates releases by what is known at the time.</summary>
public sealed class ReleaseEvaluation(IReadinessEvidence evidence, TimeProvider time)
{
    /// <summary>A decision on the evidence as it is now, the same however often it is made.</summary>
    /// <param name="tenant">Whose release.</param>
    /// <param name="release">Which.</param>
    /// <param name="security">What security and operations say; null for what they said last.</param>
    /// <param name="cancellationToken">Cancels the gathering.</param>
    public async Task<Func<ReleaseState, Decision>> PrepareAsync(
        TenantId tenant, AggregateId release, Ratio? security, CancellationToken cancellationToken)
    {
        var inputs = await evidence.GatherAsync(tenant, release, cancellationToken);
        var now = time.GetUtcNow();
        return state => state.Evaluate(
            inputs with { Security = security ?? inputs.Security ?? state.Confidence?.Inputs.Security }, now, ReleasePolicy.Default);
    }
}
