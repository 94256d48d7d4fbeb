using Microsoft.Extensions.Logging;
using QANexus.Domain.Policies;
using QANexus.EndToEnd.Tests.Hosting;
using QANexus.LocalHost.Hosting;

namespace QANexus.EndToEnd.Tests.Domain;

/// <summary>What one tenant asks is not what another asks.</summary>
public sealed class PolicyJourney
{
    [Fact]
    public async Task A_tenant_that_asks_for_less_approves_and_releases_with_less_and_no_other_does()
    {
        await using var host = await LocalHostApplication.StartAsync(
            new LocalHostOptions
            {
                Port = 0, CosmosPort = 0, InMemory = true, MinimumLogLevel = LogLevel.None,
                ConfigurePolicies = static policies => policies.Tenants["easy"] = new PolicySettings { MinimumRqs = 60, MinimumScore = 10, MinimumPassRate = 0 },
            },
            CancellationToken.None);
        using var easy = new TenantClient(host.ApiAddress, "easy");
        using var strict = new TenantClient(host.ApiAddress, "strict");
        foreach (var client in new[] { easy, strict })
        {
            await client.CreateRequirementAsync("r1");
            await client.AnalyzeAsync("r1", 65);
            await client.DoAsync("releases", """{"id":"v1","version":"1.0.0","environment":"production"}""");
            await client.DoAsync("releases/v1/evaluate", """{"securityScorePercentage":100}""");
        }

        await easy.DoAsync("requirements/r1/approve");
        Assert.Equal("requirement.rqs.too_low", (await strict.PostAsync("requirements/r1/approve")).Rule());
        Assert.Equal(10, (await easy.GetAsync("releases/v1")).Json["confidence"]!["thresholds"]!["minimumScore"]!.GetValue<int>());
        Assert.Equal(75, (await strict.GetAsync("releases/v1")).Json["confidence"]!["thresholds"]!["minimumScore"]!.GetValue<int>());
    }
}
