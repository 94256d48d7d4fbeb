using QANexus.Domain.Bugs;
using QANexus.Domain.Bugs.Metrics;
using QANexus.Domain.Releases.Confidence;
using QANexus.Domain.Releases.Readiness;
using QANexus.EventStore.Streams;
using QANexus.ReadModels.Tests.Fixture;

namespace QANexus.ReadModels.Tests.Readiness;

public sealed class BugAdapterTests
{
    [Fact]
    public async Task Bugs_are_counted_as_releases_count_them_and_only_the_tenants_own()
    {
        await using var fixture = await ReadModelFixture.StartAsync();
        await fixture.DoAsync("critical", Some.Reported(), Some.Triaged(BugSeverity.Critical, BugPriority.P0));
        await fixture.DoAsync("urgent", Some.Reported(), Some.Triaged(BugSeverity.Low, BugPriority.P0));
        await fixture.DoAsync("resolved", [Some.Reported(), Some.Triaged(BugSeverity.High, BugPriority.P1), .. Some.Resolved]);
        await fixture.DoAsync("verified", [Some.Reported(), Some.Triaged(BugSeverity.Critical, BugPriority.P1), .. Some.Resolved, static (BugState state) => state.Verify()]);
        await fixture.DoAsync("invalid", Some.Reported(), Some.Triaged(BugSeverity.Critical, BugPriority.P1), static state => state.Invalidate("none"));
        await fixture.DoAsync("new", Some.Reported());
        await fixture.SettleAsync();

        var metrics = await fixture.Get<IBugMetrics>().MeasureAsync(ReadModelFixture.Tenant, CancellationToken.None);

        Assert.Equal(new BugCounts(Critical: 1, High: 1, Medium: 0, Low: 1, P0: 2, Untriaged: 1), metrics.Counts);
        Assert.Equal(["critical"], metrics.CriticalBugIds.AsEnumerable());
        Assert.Equal(["critical", "urgent"], metrics.P0BugIds.AsEnumerable());
        Assert.Equal((2, true, "1 CRITICAL and 2 P0 bugs are open."), (metrics.BlockingBugCount, metrics.IsBlocked, metrics.BlockingReason));
        Assert.Equal(metrics.Counts, (await fixture.Get<IReadinessEvidence>().GatherAsync(ReadModelFixture.Tenant, AggregateId.Parse("v1"), CancellationToken.None)).Bugs);
        var others = await fixture.Get<IBugMetrics>().MeasureAsync(TenantId.Parse("other"), CancellationToken.None);
        Assert.Equal((BugCounts.None, false, null), (others.Counts, others.IsBlocked, others.BlockingReason));
    }

    [Theory]
    [InlineData(1, 0, null, null, true)]
    [InlineData(1, 0, BugSeverity.Critical, null, true)]
    [InlineData(0, 1, BugSeverity.Critical, BugPriority.P0, false)]
    [InlineData(0, 1, null, BugPriority.P0, true)]
    [InlineData(1, 1, BugSeverity.High, null, false)]
    [InlineData(0, 0, null, null, false)]
    public void What_blocks_can_be_asked_by_severity_by_priority_or_at_all(int critical, int p0, BugSeverity? severity, BugPriority? priority, bool blocks) =>
        Assert.Equal(blocks, new BugMetrics(new BugCounts(Critical: critical, P0: p0), [], []).HasBlocking(severity, priority));
}
