using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using QANexus.Domain.Policies;
using QANexus.Domain.Releases;
using QANexus.Domain.Requirements;
using QANexus.EventStore.Streams;

namespace QANexus.Domain.Tests.Policies;

/// <summary>What a tenant asks is what was set for it, else what was set for all, else what the domain has.</summary>
public sealed class TenantPoliciesTests
{
    private static readonly TenantId Acme = TenantId.Parse("acme");
    private static readonly TenantId Other = TenantId.Parse("other");

    [Fact]
    public void Where_nothing_is_set_every_tenant_has_the_policies_of_the_domain()
    {
        var policies = Policies(static _ => { });

        Assert.Equal(RequirementPolicy.Default, policies.ForRequirements(Acme));
        Assert.Equal(ReleasePolicy.Default, policies.ForReleases(Acme));
        Assert.False(policies.ForTestRuns(Acme).ReportsFailedTests);
    }

    [Fact]
    public void Each_setting_of_a_tenant_goes_before_that_of_all()
    {
        var policies = Policies(static options =>
        {
            options.All = new PolicySettings { MinimumRqs = 60, MinimumScore = 90, MaxScoreAge = TimeSpan.FromHours(6) };
            options.Tenants["acme"] = new PolicySettings
            {
                WaivesAnalysis = true, MinimumScore = 80, MinimumPassRate = 1, MinimumReadyRequirements = 2, MinimumSecurity = 3, MaximumHighBugs = 4, BlockedBelow = 5,
                ReportsFailedTests = true,
            };
        });

        Assert.Equal(new RequirementPolicy { MinimumRqs = 60, WaivesAnalysis = true }, policies.ForRequirements(Acme));
        Assert.Equal(new RequirementPolicy { MinimumRqs = 60 }, policies.ForRequirements(Other));
        Assert.Equal(
            new ReleasePolicy
            {
                Thresholds = new() { MinimumScore = 80, MinimumPassRate = 1, MinimumReadyRequirements = 2, MinimumSecurity = 3, MaximumHighBugs = 4, BlockedBelow = 5 },
                MaxScoreAge = TimeSpan.FromHours(6),
            },
            policies.ForReleases(Acme));
        Assert.True(policies.ForTestRuns(Acme).ReportsFailedTests);
        Assert.False(policies.ForTestRuns(Other).ReportsFailedTests);
        Assert.Equal(90, policies.ForReleases(Other).Thresholds.MinimumScore);
    }

    [Fact]
    public void A_setting_out_of_range_or_of_no_tenant_is_refused_by_its_name()
    {
        var wrong = Assert.Throws<OptionsValidationException>(() => Policies(static options =>
        {
            options.Tenants["No Tenant"] = new PolicySettings();
            options.Tenants["acme"] = new PolicySettings { MinimumScore = 101 };
            options.All.MaxScoreAge = TimeSpan.Zero;
        }).ForReleases(Acme));

        Assert.Contains("'No Tenant' is no name of a tenant", wrong.Message, StringComparison.Ordinal);
        Assert.Contains("Tenants:acme", wrong.Message, StringComparison.Ordinal);
        Assert.Contains("MaxScoreAge", wrong.Message, StringComparison.Ordinal);
    }

    private static TenantPolicies Policies(Action<PolicyOptions> configure)
    {
        var services = new ServiceCollection().AddQADomain();
        services.Configure(configure);
        return services.BuildServiceProvider().GetRequiredService<TenantPolicies>();
    }
}
