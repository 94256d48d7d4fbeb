using QANexus.Domain.Arithmetic;
using QANexus.Domain.Policies;
using QANexus.Domain.Releases.Confidence;
using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Streams;

namespace QANexus.Domain.Releases.Readiness;

/// <summary>Judges releases by what is known at the time. What security and operations said last counts until they say something else.</summary>
public sealed class ReleaseEvaluation(IReadinessEvidence evidence, TenantPolicies policies, TimeProvider time)
{
    /// <summary>A decision on the evidence as it is now, the same however often it is made.</summary>
    /// <param name="tenant">Whose release.</param>
    /// <param name="release">Which.</param>
    /// <param name="security">What security and operations say; null for what they said last.</param>
    /// <param name="cancellationToken">Cancels the gathering.</param>
    public Task<Func<ReleaseState, Decision>> PrepareAsync(
        TenantId tenant, AggregateId release, Ratio? security, CancellationToken cancellationToken) =>
        DecideAsync(tenant, release, security, static (state, inputs, now, policy) => state.Evaluate(inputs, now, policy), cancellationToken);

    /// <summary>An evaluation that nobody asked for: nothing to do where the evidence is as it was.</summary>
    public Task<Func<ReleaseState, Decision>> PrepareAgainAsync(TenantId tenant, AggregateId release, CancellationToken cancellationToken) =>
        DecideAsync(
            tenant, release, security: null, static (state, inputs, now, policy) => state.Reevaluate(inputs, now, policy), cancellationToken);

    /// <summary>The last check before a deployment.</summary>
    public Task<Func<ReleaseState, Decision>> PrepareLastCheckAsync(TenantId tenant, AggregateId release, CancellationToken cancellationToken) =>
        DecideAsync(
            tenant, release, security: null, static (state, inputs, now, policy) => state.VerifyDeployment(inputs, now, policy), cancellationToken);

    private async Task<Func<ReleaseState, Decision>> DecideAsync(
        TenantId tenant, AggregateId release, Ratio? security, Func<ReleaseState, ReadinessInputs, DateTimeOffset, ReleasePolicy, Decision> decide,
        CancellationToken cancellationToken)
    {
        var inputs = await evidence.GatherAsync(tenant, release, cancellationToken);
        var (now, policy) = (time.GetUtcNow(), policies.ForReleases(tenant));
        return state => decide(state, inputs with { Security = security ?? inputs.Security ?? state.Confidence?.Inputs.Security }, now, policy);
    }
}
