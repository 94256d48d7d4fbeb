using QANexus.Domain.Bugs;
using QANexus.Domain.Releases;
using QANexus.Domain.Requirements;
using QANexus.Domain.Sprints;
using QANexus.Domain.TestRuns;
using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Subscriptions;
using QANexus.ReadModels.Dashboard;
using QANexus.ReadModels.Tests.Fixture;

namespace QANexus.ReadModels.Tests.Dashboard;

public sealed class DashboardTests
{
    [Fact]
    public async Task Bugs_are_counted_by_what_they_are_now_for_the_tenant_and_for_the_release_they_are_linked_to()
    {
        await using var fixture = await ReadModelFixture.StartAsync();
        await fixture.DoAsync("b1", Some.Reported("v1"), Some.Triaged(BugSeverity.Critical, BugPriority.P0));
        await fixture.DoAsync("b2", Some.Reported("v1"), Some.Triaged(BugSeverity.High, BugPriority.P1));
        await fixture.DoAsync("b3", Some.Reported());
        await fixture.DeliverAsync();

        var tenant = (await fixture.FindAsync(DashboardView.Name, "tenant"))!.Value.GetProperty("bugs");
        Assert.Equal("""{"critical":1,"high":1,"medium":0,"low":0,"p0":1,"untriaged":1}""", tenant.Text("counts"));
        Assert.Equal(("3", "3", "1"), (tenant.Text("total"), tenant.Text("open"), tenant.Text("blockingCount")));
        Assert.Equal("""{"b1":{"severity":"CRITICAL","priority":"P0"}}""", tenant.Text("blocking"));

        await fixture.DoAsync("b1", [.. Some.Resolved, static (BugState state) => state.Verify()]);
        await fixture.DeliverAsync();
        await fixture.DeliverAsync();

        var release = (await fixture.FindAsync(DashboardView.Name, "Release:v1"))!.Value.GetProperty("bugs");
        Assert.Equal("""{"critical":0,"high":1,"medium":0,"low":0,"p0":0,"untriaged":0}""", release.Text("counts"));
        Assert.Equal("""{"TRIAGED":1,"VERIFIED":1}""", release.Text("byStatus"));
        Assert.Equal(("{}", "1", "0"), (release.Text("blocking"), release.Text("slaMet"), release.Text("slaMissed")));
        Assert.Equal("3", (await fixture.FindAsync(DashboardView.Name, "tenant"))!.Value.GetProperty("bugs").Text("total"));

        await fixture.DoAsync("b1", static (BugState state) => state.Reopen("It is back."));
        await fixture.DeliverAsync();
        release = (await fixture.FindAsync(DashboardView.Name, "Release:v1"))!.Value.GetProperty("bugs");
        Assert.Equal(("2", "1", "0"), (release.Text("open"), release.Text("blockingCount"), release.Text("slaMet")));
    }

    [Fact]
    public async Task The_tiles_and_the_checklist_follow_from_what_there_is()
    {
        await using var fixture = await ReadModelFixture.StartAsync();
        await fixture.DoAsync("r1", Some.Approved("It works."));
        await fixture.DoAsync("r2", Some.Approved()[0]);
        await fixture.DoAsync("v1", PageSteps.Raised<ReleaseState>("2026-11-01T10:00:00Z", new ReleaseCreated("1.0.0", "production")));
        await fixture.DoAsync("v2", PageSteps.Raised<ReleaseState>("2026-11-02T10:00:00Z", new ReleaseCreated("2.0.0", "production")));
        await fixture.DoAsync("v3", PageSteps.Raised<ReleaseState>("2026-11-03T10:00:00Z", new ReleaseCreated("3.0.0", "staging")));
        await fixture.DoAsync("v0", PageSteps.Raised<ReleaseState>("2026-10-31T10:00:00Z", new ReleaseCreated("0.1.0", "staging")));
        await fixture.DoAsync("v2", Some.Evaluated(Some.Good, DateTimeOffset.UnixEpoch));
        await fixture.DeliverAsync();

        var tenant = (await fixture.FindAsync(DashboardView.Name, "tenant"))!.Value;
        Assert.Equal(
            """{"total":2,"ready":1,"byStatus":{"APPROVED":1,"DRAFT":1},"scored":1,"scoreSum":85,"averageScore":85,"analyzed":1}""", tenant.Text("requirements"));
        Assert.Equal("4", tenant.GetProperty("releases").Text("total"));
        Assert.Equal(
            ["v3 3.0.0 PLANNED -", "v2 2.0.0 PLANNED 100", "v1 1.0.0 PLANNED -"],
            tenant.GetProperty("releases").GetProperty("newest").EnumerateArray().Select(static release =>
                $"{release.Text("id")} {release.Text("version")} {release.Text("status")} {release.Text("score")}"));
        Assert.Equal("""{"part":4,"whole":9}""", tenant.GetProperty("onboarding").Text("progress"));

        await fixture.DoAsync("s1", PageSteps.Raised<SprintState>("2026-11-03T10:00:00Z", new SprintCreated("One")));
        await fixture.DoAsync(
            "t1",
            PageSteps.Raised<TestRunState>("2026-11-03T10:00:00Z", new TestRunCreated(1, ReportKey: "abc"), new TestRunCompleted(PassedTests: 1, ExpectedTestCount: 1)));
        await fixture.DeliverAsync();
        tenant = (await fixture.FindAsync(DashboardView.Name, "tenant"))!.Value;
        Assert.Equal(
            ["PROJECT", "REQUIREMENT", "ANALYSIS", "SPRINT", "TEST_CASE", "TEST_RUN", "RELEASE", "AUTOMATION"],
            tenant.GetProperty("onboarding").GetProperty("steps").EnumerateArray().Where(static step => step.Text("done") == "true").Select(static step => step.Text("step")));

        await fixture.DoAsync("t1", static (TestRunState state) => state.Cancel("wrong build"));
        await fixture.DeliverAsync();
        tenant = (await fixture.FindAsync(DashboardView.Name, "tenant"))!.Value;
        Assert.Equal(("[]", """{"part":8,"whole":9}"""), (tenant.GetProperty("testRuns").Text("newest"), tenant.GetProperty("onboarding").Text("progress")));
    }

    [Theory]
    [InlineData("complete")]
    [InlineData("cancel")]
    public async Task The_active_sprint_has_a_tile_from_its_start_to_its_end(string end)
    {
        await using var fixture = await ReadModelFixture.StartAsync();
        var (start, endsAt) = (new DateTimeOffset(2026, 11, 2, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 11, 16, 0, 0, 0, TimeSpan.Zero));
        await fixture.DoAsync("s1", PageSteps.Raised<SprintState>("2026-11-01T10:00:00Z", new SprintCreated("One", 20, start, endsAt), new ItemAddedToSprint("a", "A", 5)));
        await fixture.DeliverAsync();
        Assert.Equal("-", await ActiveAsync());

        await fixture.DoAsync("s1", PageSteps.Raised<SprintState>("2026-11-02T09:00:00Z", new SprintStarted(1, 5)));
        await fixture.DeliverAsync();
        await fixture.DeliverAsync();
        Assert.Equal(
            """[{"id":"s1","name":"One","startedAt":"2026-11-02T09:00:00Z","itemCount":1,"totalStoryPoints":5,"startDate":"2026-11-02T00:00:00Z","endDate":"2026-11-16T00:00:00Z"}]""",
            await ActiveAsync());

        await fixture.RedactAsync("Sprint:s1", 1);
        await fixture.DeliverAsync();
        Assert.Equal("""[{"id":"s1","name":"","startedAt":"2026-11-02T09:00:00Z","itemCount":1,"totalStoryPoints":5}]""", await ActiveAsync());

        await fixture.DoAsync<SprintState>("s1", state => end == "complete" ? state.Complete() : state.Cancel("no time"));
        await fixture.DeliverAsync();
        Assert.Equal("-", await ActiveAsync());
        Assert.Equal("1", (await fixture.FindAsync(DashboardView.Name, "tenant"))!.Value.Text("sprints"));

        async Task<string> ActiveAsync() => (await fixture.FindAsync(DashboardView.Name, "tenant"))!.Value.Text("activeSprints");
    }

    [Fact]
    public async Task The_newest_completed_run_comes_first_with_its_exact_rate_and_its_trend_until_it_is_cancelled()
    {
        await using var fixture = await ReadModelFixture.StartAsync();
        await fixture.DoAsync("t1", Completed("2026-11-01T10:00:00Z", 80, 20, release: "v1"));
        await fixture.DoAsync("t2", Completed("2026-11-02T10:00:00Z", 83, 17, release: "v1"));
        await fixture.DoAsync("t3", Completed("2026-11-03T10:00:00Z", 159, 41, release: null));
        await fixture.DoAsync("t4", PageSteps.Raised<TestRunState>("2026-11-04T10:00:00Z", new TestRunCreated(100), new TestRunCompleted(PassedTests: 1)));
        await fixture.DeliverAsync();

        Assert.Equal(
            ["t4 1/1 EXCELLENT complete false gate false IMPROVING", "t3 159/200 ACCEPTABLE complete true gate false DECLINING",
                "t2 83/100 ACCEPTABLE complete true gate true IMPROVING", "t1 80/100 ACCEPTABLE complete true gate true -"],
            await RunsAsync(fixture, "tenant"));
        Assert.Equal(
            ["t2 83/100 ACCEPTABLE complete true gate true IMPROVING", "t1 80/100 ACCEPTABLE complete true gate true -"], await RunsAsync(fixture, "Release:v1"));

        await fixture.DoAsync("t2", static (TestRunState state) => state.Cancel("It ran against the wrong build."));
        await fixture.DeliverAsync();
        Assert.Equal(["t1 80/100 ACCEPTABLE complete true gate true -"], await RunsAsync(fixture, "Release:v1"));
    }

    [Fact]
    public async Task A_redacted_judgement_leaves_an_untriaged_bug_and_a_redacted_completion_is_no_evidence()
    {
        await using var fixture = await ReadModelFixture.StartAsync();
        await fixture.DoAsync("b1", Some.Reported("v1"), Some.Triaged(BugSeverity.Critical, BugPriority.P0));
        await fixture.DoAsync("t1", Completed("2026-11-01T10:00:00Z", 100, 0, release: "v1"));
        await fixture.DeliverAsync();

        await fixture.RedactAsync("Bug:b1", 2);
        await fixture.RedactAsync("TestRun:t1", 3);
        await fixture.DeliverAsync();
        await fixture.DeliverAsync();

        var release = (await fixture.FindAsync(DashboardView.Name, "Release:v1"))!.Value;
        Assert.Equal("""{"critical":0,"high":0,"medium":0,"low":0,"p0":0,"untriaged":1}""", release.GetProperty("bugs").Text("counts"));
        Assert.Equal(["t1 0/0 - complete false gate false -"], await RunsAsync(fixture, "Release:v1"));

        await fixture.RedactAsync("Bug:b1", 1);
        await fixture.DeliverAsync();
        release = (await fixture.FindAsync(DashboardView.Name, "Release:v1"))!.Value;
        Assert.Equal("-", release.Text("bugs"));
        Assert.Equal("1", (await fixture.FindAsync(DashboardView.Name, "tenant"))!.Value.GetProperty("bugs").Text("total"));
    }

    [Fact]
    public async Task Events_with_members_missing_and_events_of_other_aggregates_do_no_harm()
    {
        await using var fixture = await ReadModelFixture.StartAsync();
        foreach (var type in new[] { "BugReopened", "BugTriaged", "BugClosed", "SprintCreated" })
        {
            await fixture.AppendAsync("Bug:b1", (type, "2026-11-23T10:00:00Z"));
            await fixture.AppendAsync("Sprint:s1", (type, "2026-11-23T10:00:00Z"));
            await fixture.AppendAsync("Other:o1", (type, "2026-11-23T10:00:00Z"));
        }

        await fixture.AppendAsync("TestRun:t1", ("TestRunCompleted", "2026-11-23T10:00:00Z"));
        await fixture.AppendAsync("Bug:b2", ("BugCreated", "2026-11-23T10:00:00Z"));
        await fixture.DeliverAsync();

        Assert.Empty((await fixture.Get<ISubscriptionOperations>().ParkedAsync(ReadModelFixture.Tenant, SubscriptionGroups.Views, CancellationToken.None))!);
        var tenant = (await fixture.FindAsync(DashboardView.Name, "tenant"))!.Value;
        Assert.Equal("""{"CLOSED":1,"OPEN":1}""", tenant.GetProperty("bugs").Text("byStatus"));
        Assert.Equal("1", tenant.Text("sprints"));
        Assert.Equal(["t1 0/0 - complete true gate false -"], await RunsAsync(fixture, "tenant"));
    }

    private static Func<TestRunState, Decision> Completed(string at, int passed, int failed, string? release) => PageSteps.Raised<TestRunState>(
        at, new TestRunCreated(passed + failed, ReleaseId: release), new TestRunStarted(passed + failed),
        new TestRunCompleted(passed, failed, ExpectedTestCount: passed + failed, ReleaseId: release));

    private static async Task<IEnumerable<string>> RunsAsync(ReadModelFixture fixture, string id) =>
        (await fixture.FindAsync(DashboardView.Name, id))!.Value.GetProperty("testRuns").GetProperty("newest").EnumerateArray().Select(static run =>
            $"{run.Text("id")} {run.GetProperty("passRate").Text("part")}/{run.GetProperty("passRate").Text("whole")} {run.Text("band")} "
            + $"complete {run.Text("isComplete")} gate {run.Text("meetsReleaseGate")} {run.Text("trend")}");
}
