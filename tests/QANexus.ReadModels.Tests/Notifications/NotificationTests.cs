using QANexus.Domain.Bugs;
using QANexus.Domain.Sprints;
using QANexus.Domain.TestRuns;
using QANexus.ReadModels.Notifications;
using QANexus.ReadModels.Tests.Fixture;
using QANexus.ReadModels.TestRuns;

namespace QANexus.ReadModels.Tests.Notifications;

public sealed class NotificationTests
{
    [Theory]
    [InlineData(BugSeverity.Critical, BugPriority.P3, "CRITICAL", """["DEV","QA","EM"]""", """["EMAIL","CHAT","SMS"]""")]
    [InlineData(BugSeverity.Low, BugPriority.P0, "CRITICAL", """["DEV","QA","EM"]""", """["EMAIL","CHAT","SMS"]""")]
    [InlineData(BugSeverity.High, BugPriority.P3, "HIGH", """["DEV"]""", """["EMAIL","CHAT"]""")]
    [InlineData(BugSeverity.Low, BugPriority.P2, "MEDIUM", """["DEV"]""", """["EMAIL","DASHBOARD"]""")]
    [InlineData(BugSeverity.Low, BugPriority.P3, "LOW", """["DEV"]""", """["DASHBOARD"]""")]
    public async Task The_graver_of_severity_and_priority_says_how_loud_a_bug_is(BugSeverity severity, BugPriority priority, string level, string roles, string channels)
    {
        await using var fixture = await ReadModelFixture.StartAsync();
        await fixture.DoAsync("b1", Some.Reported(), Some.Triaged(severity, priority));

        await fixture.DeliverAsync();

        var notification = Assert.Single(await fixture.ListAsync(NotificationInbox.Name));
        Assert.Equal(
            ("BUG_TRIAGED", level, roles, channels, "Bug", "b1", "Bug:b1:2"),
            (notification.Text("kind"), notification.Text("level"), notification.Text("roles"), notification.Text("channels"),
             notification.Text("aggregateType"), notification.Text("aggregateId"), notification.Text("eventId")));
    }

    [Fact]
    public async Task The_assignee_is_told_and_the_newest_comes_first_and_a_redaction_takes_both_away()
    {
        await using var fixture = await ReadModelFixture.StartAsync();
        await fixture.DoAsync("b1", [Some.Reported(), Some.Triaged(BugSeverity.High, BugPriority.P1, "dana"), .. Some.Resolved]);
        await fixture.DeliverAsync();
        await fixture.DeliverAsync();
        Assert.Equal(
            ["BUG_RESOLVED -", "BUG_TRIAGED -", "BUG_ASSIGNED dana"],
            (await fixture.ListAsync(NotificationInbox.Name)).Select(static n => $"{n.Text("kind")} {n.Text("person")}"));

        await fixture.RedactAsync("Bug:b1", 2);
        await fixture.DeliverAsync();

        Assert.Equal("BUG_RESOLVED", Assert.Single(await fixture.ListAsync(NotificationInbox.Name)).Text("kind"));
    }

    [Fact]
    public async Task A_bug_that_is_judged_anew_or_given_to_another_is_told_to_whom_it_concerns_and_no_more()
    {
        await using var fixture = await ReadModelFixture.StartAsync();
        await fixture.DoAsync(
            "b1", Some.Reported(), Some.Triaged(BugSeverity.Low, BugPriority.P3),
            static (BugState state) => state.UpdateTriage(BugSeverity.Critical, BugPriority.P3, assignedTo: null, Some.Tester),
            static state => state.UpdateTriage(severity: null, priority: null, "dana", Some.Tester),
            static state => state.UpdateTriage(severity: null, BugPriority.P1, "erik", Some.Tester));
        await fixture.DeliverAsync();

        Assert.Equal(
            [
                """3 BUG_TRIAGED CRITICAL ["DEV","QA","EM"] - Bug b1 was judged anew: CRITICAL.""",
                "4 BUG_ASSIGNED MEDIUM [] dana Bug b1 is yours.",
                """5 BUG_TRIAGED HIGH ["DEV"] - Bug b1 was judged anew: P1.""",
                "5 BUG_ASSIGNED HIGH [] erik Bug b1 is yours.",
            ],
            (await fixture.ListAsync(NotificationInbox.Name)).Where(static n => n.Text("eventId") != "Bug:b1:2").OrderBy(static n => n.Text("eventId"), StringComparer.Ordinal)
                .Select(static n => $"{n.Text("eventId")[^1]} {n.Text("kind")} {n.Text("level")} {n.Text("roles")} {n.Text("person")} {n.Text("text")}"));

        await fixture.RedactAsync("Bug:b1", 5);
        await fixture.DeliverAsync();
        Assert.DoesNotContain("erik", (await fixture.ListAsync(NotificationInbox.Name)).Select(static n => n.Text("person")));
    }

    [Theory]
    [InlineData(160, 40, "LOW", """["QA"]""", "true")]
    [InlineData(159, 41, "HIGH", """["QA","DEV","EM"]""", "false")]
    public async Task A_completed_run_is_reported_and_told_by_whether_it_passes_the_gate(int passed, int failed, string level, string roles, string meetsGate)
    {
        await using var fixture = await ReadModelFixture.StartAsync();
        await fixture.DoAsync("t1", Some.Run(passed, failed, release: "none"));
        await fixture.SettleAsync();

        var told = Assert.Single(await fixture.ListAsync(NotificationInbox.Name));
        Assert.Equal((level, roles), (told.Text("level"), told.Text("roles")));
        var report = (await fixture.FindAsync(TestRunReports.Name, "TestRun:t1"))!.Value;
        Assert.Equal(("80", meetsGate), (report.Text("passRate"), report.Text("meetsReleaseGate")));
        Assert.Equal(failed, report.GetProperty("failedTestCaseIds").GetArrayLength());

        await fixture.DoAsync("t1", static (TestRunState state) => state.Cancel("wrong build"));
        await fixture.SettleAsync();
        Assert.Null(await fixture.FindAsync(TestRunReports.Name, "TestRun:t1"));
        await fixture.AssertNothingParkedAsync();
    }

    [Fact]
    public async Task Everybody_with_work_in_a_sprint_is_told_that_it_has_started_and_a_redaction_takes_all_of_it_away()
    {
        await using var fixture = await ReadModelFixture.StartAsync();
        NewSprintItem[] items = [Item("i1", "ada"), Item("i2", "bob"), Item("i3", "ada"), Item("i4", null)];
        await fixture.DoAsync<SprintState>("s1", state => state.Create(new NewSprint
        {
            Name = "One", StartDate = DateTimeOffset.UnixEpoch, EndDate = DateTimeOffset.UnixEpoch.AddDays(14), Starts = true, Items = [.. items],
        }));
        await fixture.DeliverAsync();
        await fixture.DeliverAsync();

        Assert.Equal(
            ["""SPRINT_STARTED ["DEV","QA","EM","PM"] -""", "SPRINT_STARTED [] ada", "SPRINT_STARTED [] bob"],
            (await fixture.ListAsync(NotificationInbox.Name)).Select(static n => $"{n.Text("kind")} {n.Text("roles")} {n.Text("person")}").Order(StringComparer.Ordinal));

        await fixture.RedactAsync("Sprint:s1", 6);
        await fixture.DeliverAsync();
        Assert.Empty(await fixture.ListAsync(NotificationInbox.Name));
        await fixture.AssertNothingParkedAsync();

        static NewSprintItem Item(string id, string? assignee) => new() { Id = id, Title = id, StoryPoints = 1, AssigneeId = assignee };
    }

    [Fact]
    public async Task Events_of_the_same_names_in_streams_of_others_are_nobodys_business()
    {
        await using var fixture = await ReadModelFixture.StartAsync();
        await fixture.AppendAsync(
            "Thing:1", ("BugTriaged", "2026-11-23T10:00:00Z"), ("RequirementApproved", "2026-11-23T10:00:00Z"), ("SprintStarted", "2026-11-23T10:00:00Z"),
            ("SprintCompleted", "2026-11-23T10:00:00Z"), ("ReleaseReadinessAchieved", "2026-11-23T10:00:00Z"), ("TestRunCompleted", "2026-11-23T10:00:00Z"));

        await fixture.SettleAsync();

        Assert.Empty(await fixture.ListAsync(NotificationInbox.Name));
        Assert.Equal(6, (await fixture.EventsAsync("Thing:1")).Count);
        await fixture.AssertNothingParkedAsync();
    }
}
