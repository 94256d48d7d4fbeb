using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using QANexus.Domain.Releases;
using QANexus.Domain.Releases.Confidence;
using QANexus.Domain.Releases.Readiness;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;
using QANexus.LocalCosmos.Faults;
using QANexus.LocalCosmos.Routing;
using QANexus.ReadModels.Deployment;
using QANexus.ReadModels.Notifications;
using QANexus.ReadModels.Tests.Fixture;

namespace QANexus.ReadModels.Tests.Deployment;

public sealed class DeploymentTests
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task A_release_that_is_ready_and_still_so_at_the_last_check_may_be_deployed_and_waits_for_approval()
    {
        await using var fixture = await StartAsync(Some.Good);
        await fixture.DoAsync("v1", Some.Release("1.0.0"), Some.Evaluated(Some.Good, Now));

        await fixture.SettleAsync();
        await fixture.DeliverAsync();

        Assert.Equal(["ReleaseCreated", "ReleaseReadinessEvaluated", "ReleaseReadinessAchieved", "DeploymentEnabled"], await fixture.TypesAsync("Release:v1"));
        var enablement = (await fixture.FindAsync(DeploymentEnablements.Name, "Release:v1"))!.Value;
        Assert.Equal(("v1", "1.0.0", "100", "ENABLED"), (enablement.Text("releaseId"), enablement.Text("version"), enablement.Text("score"), enablement.Text("state")));
        Assert.Equal(Now.AddHours(24), enablement.GetProperty("expiresAt").GetDateTimeOffset());
        var approval = (await fixture.FindAsync(DeploymentApprovals.Name, "Release:v1"))!.Value;
        Assert.Equal(("EM", "REQUESTED"), (approval.Text("assignedTo"), approval.Text("state")));
        Assert.Equal(
            ["DEPLOYMENT_ENABLED", "RELEASE_EVALUATED", "RELEASE_READY"],
            (await fixture.ListAsync(NotificationInbox.Name)).Select(static n => n.Text("kind")).Order(StringComparer.Ordinal));
        await fixture.AssertNothingParkedAsync();
    }

    [Fact]
    public async Task A_release_that_is_found_unready_at_the_last_check_is_not_and_is_not_ready_any_more()
    {
        await using var fixture = await StartAsync(Some.Good with { Bugs = new BugCounts(Critical: 1) });
        await fixture.DoAsync("v1", Some.Release("1.0.0"), Some.Evaluated(Some.Good, Now));

        await fixture.SettleAsync();

        Assert.Equal(["ReleaseReadinessEvaluated", "DeploymentAborted"], (await fixture.TypesAsync("Release:v1")).TakeLast(2));
        Assert.False((await fixture.StateAsync<ReleaseState>("v1")).IsReady);
        Assert.Null(await fixture.FindAsync(DeploymentEnablements.Name, "Release:v1"));
        Assert.Contains("DEPLOYMENT_ABORTED", (await fixture.ListAsync(NotificationInbox.Name)).Select(static n => n.Text("kind")));
    }

    [Fact]
    public async Task A_last_check_that_cannot_be_made_enables_nothing_and_is_seen()
    {
        await using var fixture = await StartAsync(null);
        await fixture.DoAsync("v1", Some.Release("1.0.0"), Some.Evaluated(Some.Good, Now));

        await fixture.SettleAsync();

        Assert.Null(await fixture.FindAsync(DeploymentEnablements.Name, "Release:v1"));
        var parked = Assert.Single((await fixture.Get<ISubscriptionOperations>().ParkedAsync(ReadModelFixture.Tenant, SubscriptionGroups.Subscribers, CancellationToken.None))!);
        Assert.Equal(("verify-deployment", 5), (parked.Handler.Value, parked.Attempts));
    }

    [Theory]
    [InlineData("block", "RELEASE_BLOCKED", "WITHDRAWN")]
    [InlineData("fail", "EVALUATION_FAILED", "WITHDRAWN")]
    [InlineData("abort", "RELEASE_ABORTED", "REJECTED")]
    [InlineData("release", "RELEASED", "APPROVED")]
    public async Task Whatever_speaks_against_the_release_or_ends_it_revokes(string command, string reason, string approval)
    {
        await using var fixture = await StartAsync(Some.Good);
        await fixture.DoAsync("v1", Some.Release("1.0.0"), Some.Evaluated(Some.Good, Now), static state => state.Activate(), static state => state.Freeze());
        await fixture.SettleAsync();

        await fixture.DoAsync<ReleaseState>("v1", state => command switch
        {
            "block" => state.Block("legal"),
            "abort" => state.Abort("no"),
            "release" => state.Release(Now, ReleasePolicy.Default),
            _ => state.Evaluate(Some.Good with { Bugs = null }, Now, ReleasePolicy.Default),
        });
        await fixture.SettleAsync();

        var enablement = (await fixture.FindAsync(DeploymentEnablements.Name, "Release:v1"))!.Value;
        Assert.Equal(("REVOKED", reason), (enablement.Text("state"), enablement.Text("reason")));
        Assert.Equal(approval, (await fixture.FindAsync(DeploymentApprovals.Name, "Release:v1"))!.Value.Text("state"));
    }

    [Fact]
    public async Task A_check_whose_checkpoint_was_lost_in_a_crash_is_not_made_a_second_time()
    {
        await using var fixture = await StartAsync(Some.Good);
        await fixture.DoAsync("v1", Some.Release("1.0.0"), Some.Evaluated(Some.Good, Now));
        var batch = Assert.Single(await fixture.ReadFeedAsync());
        using (fixture.Account.Faults.Add(new FaultRule { Fault = new StatusFault(503), Container = "subscriptions", Requests = [RequestKind.Batch, RequestKind.Create, RequestKind.Upsert, RequestKind.Replace] }))
        {
            await Assert.ThrowsAnyAsync<Exception>(() => fixture.Get<SubscriptionRunner>().DeliverAsync(SubscriptionGroups.Subscribers, batch, CancellationToken.None));
        }

        Assert.Single(await fixture.TypesAsync("Release:v1"), static type => type == "DeploymentEnabled");
        fixture.Start();
        await fixture.SettleAsync();

        Assert.Single(await fixture.TypesAsync("Release:v1"), static type => type == "DeploymentEnabled");
        Assert.Equal("ENABLED", (await fixture.FindAsync(DeploymentEnablements.Name, "Release:v1"))!.Value.Text("state"));
    }

    [Fact]
    public async Task A_later_evaluation_that_passes_lets_the_enablement_last_longer()
    {
        await using var fixture = await StartAsync(Some.Good);
        await fixture.DoAsync("v1", Some.Release("1.0.0"), Some.Evaluated(Some.Good, Now));
        await fixture.SettleAsync();

        await fixture.DoAsync("v1", Some.Evaluated(Some.Good, Now.AddHours(6)));
        await fixture.SettleAsync();

        var enablement = (await fixture.FindAsync(DeploymentEnablements.Name, "Release:v1"))!.Value;
        Assert.Equal(("ENABLED", Now.AddHours(30)), (enablement.Text("state"), enablement.GetProperty("expiresAt").GetDateTimeOffset()));
    }

    /// <summary>As a client may append it: without an end, at the last moment there is.</summary>
    [Fact]
    public async Task An_enablement_of_the_last_moment_lasts_until_then()
    {
        await using var fixture = await StartAsync(Some.Good);
        await fixture.AppendAsync("Release:v1", ("DeploymentEnabled", "9999-12-31T23:00:00Z"));

        await fixture.DeliverAsync();

        var enablement = (await fixture.FindAsync(DeploymentEnablements.Name, "Release:v1"))!.Value;
        Assert.Equal(DateTimeOffset.MaxValue, enablement.GetProperty("expiresAt").GetDateTimeOffset());
        Assert.Equal(DateTimeOffset.MaxValue, (await fixture.FindAsync(DeploymentApprovals.Name, "Release:v1"))!.Value.GetProperty("dueBy").GetDateTimeOffset());
        await fixture.AssertNothingParkedAsync();
    }

    private static Task<ReadModelFixture> StartAsync(ReadinessInputs? found) => ReadModelFixture.StartAsync(
        services => services.Replace(ServiceDescriptor.Singleton<IReadinessEvidence>(new KnownEvidence(found))));

    /// <summary>Evidence that a test decides on; none where it cannot be had at all.</summary>
    private sealed class KnownEvidence(ReadinessInputs? inputs) : IReadinessEvidence
    {
        public Task<ReadinessInputs> GatherAsync(TenantId tenant, AggregateId release, CancellationToken cancellationToken) =>
            inputs is null ? throw new InvalidOperationException("It is out of order.") : Task.FromResult(inputs);
    }
}
