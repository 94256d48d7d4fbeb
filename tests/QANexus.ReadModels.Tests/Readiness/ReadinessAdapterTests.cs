using QANexus.Domain.Arithmetic;
using QANexus.Domain.Bugs;
using QANexus.Domain.Actors;
using QANexus.Domain.Releases.Confidence;
using QANexus.Domain.Releases.Readiness;
using QANexus.Domain.Requirements;
using QANexus.Domain.TestRuns;
using QANexus.EventStore.Streams;
using QANexus.LocalCosmos.Faults;
using QANexus.LocalCosmos.Routing;
using QANexus.ReadModels.Dashboard;
using QANexus.ReadModels.Notifications;
using QANexus.ReadModels.Readiness;
using QANexus.ReadModels.TestRuns;
using QANexus.ReadModels.Tests.Fixture;

namespace QANexus.ReadModels.Tests.Readiness;

/// <summary>What releases are judged by.</summary>
public sealed class ReadinessAdapterTests
{
    private static readonly Actor Ann = new("ann", [Role.Qa]);

    [Fact]
    public async Task Nothing_is_known_of_a_tenant_without_events_but_that_it_has_no_bugs()
    {
        await using var fixture = await ReadModelFixture.StartAsync();

        Assert.Equal(new ReadinessInputs { Bugs = BugCounts.None }, await GatherAsync(fixture, "v1"));
    }

    [Fact]
    public async Task What_is_linked_to_a_release_speaks_for_it_and_the_tenants_where_nothing_is()
    {
        await using var fixture = await ReadModelFixture.StartAsync();
        await fixture.DoAsync<RequirementState>("r1", static state => state.Create(new NewRequirement { Title = "t", Content = "c" }), static state => state.MarkReady());
        await fixture.DoAsync<RequirementState>("r2", static state => state.Create(new NewRequirement { Title = "t", Content = "c" }));
        await RunAsync(fixture, "t1", release: null, TestOutcome.Failed);
        await RunAsync(fixture, "t2", release: "v1", TestOutcome.Passed);
        await ReportAsync(fixture, "b1", release: null, BugSeverity.High, BugPriority.P0);
        await ReportAsync(fixture, "b2", release: "v1", BugSeverity.Low, BugPriority.P3);
        await fixture.DoAsync<BugState>("b3", static state => state.Create(new NewBug { Title = "t", Description = "d", ReportedBy = "ann" }));
        await fixture.DeliverAsync();

        Assert.Equal(
            new ReadinessInputs
            {
                Tests = new TestEvidence(new Ratio(1, 1), IsComplete: true, "t2"), Bugs = new BugCounts(Low: 1), Requirements = new Ratio(1, 2),
            },
            await GatherAsync(fixture, "v1"));
        Assert.Equal(
            (new BugCounts(High: 1, Low: 1, P0: 1, Untriaged: 1), "t2"),
            ((await GatherAsync(fixture, "v2")).Bugs, (await GatherAsync(fixture, "v2")).Tests!.TestRunId));
    }

    [Fact]
    public async Task A_part_of_a_run_is_incomplete_by_its_figures_though_its_completion_does_not_say_so()
    {
        await using var fixture = await ReadModelFixture.StartAsync();
        await fixture.DoAsync("t1", PageSteps.Raised<TestRunState>("2026-11-03T10:00:00Z",
            new TestRunCreated(100), new TestRunStarted(100), new TestRunCompleted(PassedTests: 1, ExpectedTestCount: 100)));
        await fixture.DeliverAsync();

        Assert.Equal(new TestEvidence(new Ratio(1, 1), IsComplete: false, "t1"), (await GatherAsync(fixture, "v1")).Tests);
        var report = (await fixture.FindAsync(TestRunReports.Name, "TestRun:t1"))!.Value;
        Assert.Equal(("true", "false"), (report.Text("incomplete"), report.Text("meetsReleaseGate")));
        Assert.Equal(
            "Test run t1 does not pass the release gate: 100 %, incomplete.", Assert.Single(await fixture.ListAsync(NotificationInbox.Name)).Text("text"));
    }

    [Fact]
    public async Task What_was_redacted_counts_as_after_a_rebuild_and_as_the_dashboard_says()
    {
        await using var fixture = await ReadModelFixture.StartAsync();
        await fixture.DoAsync<RequirementState>("r1", static state => state.Create(new NewRequirement { Title = "t", Content = "c" }), static state => state.MarkReady());
        await RunAsync(fixture, "t1", release: null, TestOutcome.Failed);
        await RunAsync(fixture, "t2", release: "v1", TestOutcome.Passed);
        await ReportAsync(fixture, "b1", release: null, BugSeverity.High, BugPriority.P0);
        await ReportAsync(fixture, "b2", release: "v1", BugSeverity.Low, BugPriority.P3);
        await fixture.DeliverAsync();

        await fixture.RedactAsync("Requirement:r1", 2);
        await fixture.RedactAsync("TestRun:t2", (await fixture.EventsAsync("TestRun:t2")).Count);
        await fixture.RedactAsync("Bug:b1", 2);
        await fixture.RedactAsync("Bug:b2", 1);
        await fixture.DeliverAsync();

        var expected = new ReadinessInputs
        {
            Tests = new TestEvidence(new Ratio(0, 1), IsComplete: true, "t1"), Bugs = new BugCounts(Low: 1, Untriaged: 1), Requirements = new Ratio(1, 1),
        };
        Assert.Equal(expected, await GatherAsync(fixture, "v1"));
        Assert.Equal(
            """{"critical":0,"high":0,"medium":0,"low":1,"p0":0,"untriaged":1}""",
            (await fixture.FindAsync(DashboardView.Name, "tenant"))!.Value.GetProperty("bugs").Text("counts"));
        var before = await fixture.TextsAsync(ReadinessSources.Name);
        await fixture.RebuildAsync(ReadinessSources.Name);
        Assert.Equal(before, await fixture.TextsAsync(ReadinessSources.Name));
    }

    [Fact]
    public async Task Bugs_count_until_they_are_verified_and_again_when_they_are_reopened()
    {
        await using var fixture = await ReadModelFixture.StartAsync();
        await ReportAsync(fixture, "b1", release: null, BugSeverity.Critical, BugPriority.P1);
        await fixture.DoAsync<BugState>("b1", static state => state.StartWork(), static state => state.Resolve("done"));
        await fixture.DeliverAsync();
        var resolved = (await GatherAsync(fixture, "v1")).Bugs;
        await fixture.DoAsync<BugState>("b1", static state => state.Verify());
        await fixture.DeliverAsync();
        var verified = (await GatherAsync(fixture, "v1")).Bugs;
        await fixture.DoAsync<BugState>("b1", static state => state.Reopen("again"));
        await fixture.DeliverAsync();

        Assert.Equal((new BugCounts(Critical: 1), BugCounts.None, new BugCounts(Critical: 1)), (resolved, verified, (await GatherAsync(fixture, "v1")).Bugs));
    }

    [Fact]
    public async Task A_run_that_was_given_up_is_no_evidence_and_the_one_before_is_again()
    {
        await using var fixture = await ReadModelFixture.StartAsync();
        await RunAsync(fixture, "t1", release: "v1", TestOutcome.Failed);
        await RunAsync(fixture, "t2", release: "v1", TestOutcome.Passed);
        await fixture.DeliverAsync();
        var before = (await GatherAsync(fixture, "v1")).Tests;

        await fixture.DoAsync<TestRunState>("t2", static state => state.Cancel("wrong build"));

        Assert.Equal(("t2", "t1"), (before!.TestRunId, (await GatherAsync(fixture, "v1")).Tests!.TestRunId));
    }

    [Fact]
    public async Task A_source_that_does_not_answer_is_absent_and_takes_none_of_the_others_with_it()
    {
        await using var fixture = await ReadModelFixture.StartAsync();
        await RunAsync(fixture, "t1", release: null, TestOutcome.Passed);
        await fixture.DoAsync<RequirementState>("r1", static state => state.Create(new NewRequirement { Title = "t", Content = "c" }), static state => state.MarkReady());
        await fixture.DeliverAsync();

        // Lists are queries, the newest runs a point read.
        using var fault = fixture.Account.Faults.Add(new FaultRule { Fault = new StatusFault(503), Requests = [RequestKind.Query], Container = "views" });
        var inputs = await GatherAsync(fixture, "v1");

        Assert.Null(inputs.Bugs);
        Assert.Null(inputs.Requirements);
        Assert.Equal("t1", inputs.Tests!.TestRunId);
        Assert.NotEqual(
            ReadinessStatus.Ready,
            ReleaseConfidenceScore.Calculate(inputs with { Security = new Ratio(1, 1), Requirements = new Ratio(1, 1) }, ConfidenceThresholds.Default).Status);
    }

    private static Task<ReadinessInputs> GatherAsync(ReadModelFixture fixture, string release) =>
        fixture.Get<IReadinessEvidence>().GatherAsync(ReadModelFixture.Tenant, AggregateId.Parse(release), CancellationToken.None);

    private static Task RunAsync(ReadModelFixture fixture, string id, string? release, TestOutcome outcome) => fixture.DoAsync<TestRunState>(
        id,
        state => state.Create(new NewTestRun { ExpectedTestCount = 1, CreatedBy = "ann", ReleaseId = release, Starts = true }),
        state => state.Record(new NewTestResult { TestCaseId = "c1", Outcome = outcome }),
        static state => state.Complete());

    private static Task ReportAsync(ReadModelFixture fixture, string id, string? release, BugSeverity severity, BugPriority priority) => fixture.DoAsync<BugState>(
        id,
        state => state.Create(new NewBug { Title = "t", Description = "d", ReportedBy = "ann", ReleaseId = release }),
        state => state.Triage(new BugTriage(severity, priority), Ann));
}
