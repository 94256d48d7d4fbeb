using Microsoft.Extensions.Options;
using QANexus.Domain.Releases;
using QANexus.Domain.Releases.Confidence;
using QANexus.Domain.Requirements;
using QANexus.Domain.TestRuns;
using QANexus.EventStore.Streams;

namespace QANexus.Domain.Policies;

/// <summary>
/// What each tenant asks of requirements, releases and test runs. A decision keeps what it was made by in its event, so that another policy later changes nothing of it.
/// </summary>
public sealed class TenantPolicies(IOptions<PolicyOptions> options)
{
    /// <summary>Of requirements.</summary>
    public RequirementPolicy ForRequirements(TenantId tenant) => new()
    {
        MinimumRqs = Find(tenant, static settings => settings.MinimumRqs) ?? RequirementPolicy.Default.MinimumRqs,
        WaivesAnalysis = Find(tenant, static settings => settings.WaivesAnalysis) ?? RequirementPolicy.Default.WaivesAnalysis,
    };

    /// <summary>Of releases.</summary>
    public ReleasePolicy ForReleases(TenantId tenant)
    {
        var thresholds = ConfidenceThresholds.Default;
        return new ReleasePolicy
        {
            Thresholds = new ConfidenceThresholds
            {
                MinimumScore = Find(tenant, static settings => settings.MinimumScore) ?? thresholds.MinimumScore,
                MinimumPassRate = Find(tenant, static settings => settings.MinimumPassRate) ?? thresholds.MinimumPassRate,
                MinimumReadyRequirements = Find(tenant, static settings => settings.MinimumReadyRequirements) ?? thresholds.MinimumReadyRequirements,
                MinimumSecurity = Find(tenant, static settings => settings.MinimumSecurity) ?? thresholds.MinimumSecurity,
                MaximumHighBugs = Find(tenant, static settings => settings.MaximumHighBugs) ?? thresholds.MaximumHighBugs,
                BlockedBelow = Find(tenant, static settings => settings.BlockedBelow) ?? thresholds.BlockedBelow,
            },
            MaxScoreAge = Find(tenant, static settings => settings.MaxScoreAge) ?? ReleasePolicy.Default.MaxScoreAge,
        };
    }

    /// <summary>Of test runs.</summary>
    public TestRunPolicy ForTestRuns(TenantId tenant) => new()
    {
        ReportsFailedTests = Find(tenant, static settings => settings.ReportsFailedTests) ?? TestRunPolicy.Default.ReportsFailedTests,
    };

    private T? Find<T>(TenantId tenant, Func<PolicySettings, T?> setting)
        where T : struct =>
        (options.Value.Tenants.TryGetValue(tenant.Value, out var own) ? setting(own) : null) ?? setting(options.Value.All);
}
