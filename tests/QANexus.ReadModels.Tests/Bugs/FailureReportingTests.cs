using Microsoft.Extensions.DependencyInjection;
using QANexus.Domain.Bugs;
using QANexus.Domain.Policies;
using QANexus.Domain.TestRuns;
using QANexus.EventStore.Subscriptions;
using QANexus.LocalCosmos.Faults;
using QANexus.LocalCosmos.Routing;
using QANexus.ReadModels.Bugs;
using QANexus.ReadModels.Tests.Fixture;

namespace QANexus.ReadModels.Tests.Bugs;

/// <summary>Failed tests become bugs where the tenant asks for it, and nowhere else.</summary>
public sealed class FailureReportingTests
{
    [Fact]
    public async Task Every_failed_test_of_a_completed_run_is_a_bug_once_where_the_policy_asks_for_it()
    {
        await using var fixture = await ReadModelFixture.StartAsync(Asking);
        await fixture.DoAsync<TestRunState>(
            "t1",
            static state => state.Create(new NewTestRun { ExpectedTestCount = 3, ReleaseId = "v1", CreatedBy = "tom", Starts = true }),
            static state => state.Record(
                new NewTestResult { TestCaseId = "a", Name = "signs in", Outcome = TestOutcome.Failed, ErrorMessage = "no answer" },
                new NewTestResult { TestCaseId = "b", Outcome = TestOutcome.Failed }, new NewTestResult { TestCaseId = "c", Outcome = TestOutcome.Passed }),
            static state => state.Complete());
        var batches = await fixture.ReadFeedAsync();
        using (fixture.Account.Faults.Add(new FaultRule { Fault = new StatusFault(503), Container = "subscriptions", Requests = [RequestKind.Batch, RequestKind.Create, RequestKind.Upsert, RequestKind.Replace] }))
        {
            await Assert.ThrowsAnyAsync<Exception>(() => fixture.Get<SubscriptionRunner>().DeliverAsync(SubscriptionGroups.Subscribers, batches[0], CancellationToken.None));
        }

        fixture.Start();
        await fixture.SettleAsync();

        Assert.Equal(
            ["Test failed: b|The test failed in run t1.|OPEN|t1 b v1|system:report-failures", "Test failed: signs in|The test failed in run t1. no answer|OPEN|t1 a v1|system:report-failures"],
            (await fixture.ListAsync(BugBoard.Name)).Select(static card => card.GetProperty("bug")).Select(static bug =>
                $"{bug.Text("title")}|{bug.Text("description")}|{bug.Text("status")}|{bug.Text("linkedTestRunId")} {bug.Text("linkedTestCaseId")} {bug.Text("releaseId")}|{bug.Text("reportedBy")}")
                .Order(StringComparer.Ordinal));
        var id = CandidateBug.IdOf(EventStore.Streams.AggregateId.Parse("t1"), "a").Value;
        Assert.Equal(["BugCreated"], await fixture.TypesAsync($"Bug:{id}"));
        Assert.Equal("failure-d5007548a2e196e9cd367efeaa09ae86", id);
        await fixture.AssertNothingParkedAsync();
    }

    [Fact]
    public async Task A_run_of_very_many_failures_is_a_bounded_number_of_bugs()
    {
        await using var fixture = await ReadModelFixture.StartAsync(Asking);
        await fixture.DoAsync("t1", Some.Run(passed: 1, failed: FailureReporting.MaxBugsOfRun + 1));
        await fixture.SettleAsync();

        Assert.Equal(FailureReporting.MaxBugsOfRun, (await fixture.ListAsync(BugBoard.Name)).Count);
        await fixture.AssertNothingParkedAsync();
    }

    [Fact]
    public async Task Nobody_else_gets_bugs_out_of_tests()
    {
        await using var fixture = await ReadModelFixture.StartAsync();
        await fixture.DoAsync("t1", Some.Run(passed: 1, failed: 2));
        await fixture.SettleAsync();

        Assert.Empty(await fixture.ListAsync(BugBoard.Name));
    }

    private static void Asking(IServiceCollection services) =>
        services.Configure<PolicyOptions>(static options => options.Tenants[ReadModelFixture.Tenant.Value] = new PolicySettings { ReportsFailedTests = true });
}
