using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using QANexus.Domain.Arithmetic;
using QANexus.Domain.Bugs;
using QANexus.Domain.Bugs.Metrics;
using QANexus.Domain.Releases;
using QANexus.Domain.Releases.Confidence;
using QANexus.Domain.Releases.Readiness;
using QANexus.Domain.TestRuns;
using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Json;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;
using QANexus.ReadModels.Deployment;
using QANexus.ReadModels.Readiness;
using QANexus.ReadModels.Tests.Fixture;

namespace QANexus.ReadModels.Tests.Readiness;

public sealed class ReleaseReevaluationTests
{
    private static readonly TenantId Tenant = ReadModelFixture.Tenant;

    [Fact]
    public async Task A_critical_bug_revokes_what_was_enabled_and_its_verification_enables_again()
    {
        await using var fixture = await ReadyAsync("v1");
        Assert.Equal("ENABLED", (await EnablementAsync(fixture, "v1")).State);

        await fixture.DoAsync("b1", Some.Reported(), Some.Triaged(BugSeverity.Critical, BugPriority.P1));
        await fixture.SettleAsync();
        Assert.Equal(("REVOKED", "EVALUATION_FAILED"), await EnablementAsync(fixture, "v1"));
        var blocked = await fixture.StateAsync<ReleaseState>("v1");
        Assert.Equal((ReadinessStatus.Blocked, new BugCounts(Critical: 1)), (blocked.ReadinessStatus, blocked.Confidence!.Inputs.Bugs));

        await fixture.DoAsync("b1", Some.Resolved);
        await fixture.SettleAsync();
        Assert.Equal(ReadinessStatus.Blocked, (await fixture.StateAsync<ReleaseState>("v1")).ReadinessStatus);

        await fixture.DoAsync("b1", static (BugState state) => state.Verify());
        await fixture.SettleAsync();
        fixture.Start();
        await fixture.DeliverAsync();
        Assert.Equal(("ENABLED", "-"), await EnablementAsync(fixture, "v1"));
        Assert.Equal(
            [
                "ReleaseCreated", "ReleaseReadinessEvaluated", "ReleaseReadinessAchieved", "DeploymentEnabled",
                "ReleaseReadinessEvaluated", "ReleaseReadinessEvaluated", "ReleaseReadinessAchieved", "DeploymentEnabled",
            ],
            await fixture.TypesAsync("Release:v1"));
        var history = (await fixture.FindAsync(ScoreHistories.Name, "Release:v1"))!.Value;
        Assert.Equal(["READY", "BLOCKED", "READY"], history.GetProperty("points").EnumerateArray().Select(static point => point.Text("status")));
        Assert.Equal("CRITICAL_BUGS", history.GetProperty("points")[1].GetProperty("reasons")[0].GetString());
        Assert.Equal(
            ["RELEASE_READY 3 100", "RELEASE_READY 7 100"],
            history.GetProperty("milestones").EnumerateArray().Select(static milestone => $"{milestone.Text("name")} {milestone.Text("eventVersion")} {milestone.Text("score")}"));
        await fixture.AssertNothingParkedAsync();
    }

    [Fact]
    public async Task A_release_that_a_bug_does_not_concern_stays_enabled_and_keeps_its_override()
    {
        await using var fixture = await ReadyAsync("v1");
        await fixture.DoAsync("b0", Some.Reported("v1"));
        await fixture.DoAsync("other", Some.Release("2.0.0"));
        await fixture.SettleAsync();
        await EvaluateAsync(fixture, "other");
        await EvaluateAsync(fixture, "v1");
        await fixture.SettleAsync();
        var before = await fixture.TypesAsync("Release:v1");

        await fixture.DoAsync("b1", Some.Reported("other"), Some.Triaged(BugSeverity.Low, BugPriority.P0));
        await fixture.SettleAsync();

        Assert.Equal(before, await fixture.TypesAsync("Release:v1"));
        Assert.Equal("ENABLED", (await EnablementAsync(fixture, "v1")).State);
        Assert.Equal(ReadinessStatus.Blocked, (await fixture.StateAsync<ReleaseState>("other")).ReadinessStatus);
    }

    [Fact]
    public async Task A_bug_that_stops_nobody_changes_no_release_until_it_is_judged_graver()
    {
        await using var fixture = await ReadyAsync("v1");
        await fixture.DoAsync("b1", Some.Reported(), Some.Triaged(BugSeverity.Medium, BugPriority.P2));
        await fixture.SettleAsync();
        Assert.Equal(4, (await fixture.TypesAsync("Release:v1")).Count);

        await fixture.DoAsync("b1", static (BugState state) => state.UpdateTriage(BugSeverity.Critical, null, null, Some.Tester));
        await fixture.SettleAsync();

        Assert.Equal(ReadinessStatus.Blocked, (await fixture.StateAsync<ReleaseState>("v1")).ReadinessStatus);
    }

    [Fact]
    public async Task A_bug_that_is_triaged_again_as_a_lesser_one_lets_go_of_what_it_stopped()
    {
        await using var fixture = await ReadyAsync("v1");
        await fixture.DoAsync("b1", Some.Reported(), Some.Triaged(BugSeverity.Medium, BugPriority.P0));
        await fixture.DoAsync("b1", Some.Resolved);
        await fixture.DoAsync("b1", static (BugState state) => state.Reopen("there again"));
        await fixture.SettleAsync();
        Assert.Equal(ReadinessStatus.Blocked, (await fixture.StateAsync<ReleaseState>("v1")).ReadinessStatus);

        await fixture.DoAsync("b1", Some.Triaged(BugSeverity.Low, BugPriority.P3));
        await fixture.SettleAsync();

        var release = await fixture.StateAsync<ReleaseState>("v1");
        Assert.Equal((ReadinessStatus.Ready, new BugCounts(Low: 1)), (release.ReadinessStatus, release.Confidence!.Inputs.Bugs));
        await fixture.AssertNothingParkedAsync();
    }

    [Fact]
    public async Task A_completed_run_is_what_its_release_is_judged_by_from_then_on()
    {
        await using var fixture = await ReadyAsync("v1");
        await fixture.DoAsync("t2", Some.Run(passed: 159, failed: 41, release: "v1"));
        await fixture.SettleAsync();

        var release = await fixture.StateAsync<ReleaseState>("v1");
        Assert.Equal(new TestEvidence(new Ratio(159, 200), IsComplete: true, "t2"), release.Confidence!.Inputs.Tests);
        Assert.Equal(ReadinessReasonCode.TestPassRateLow, Assert.Single(release.BlockingReasons).Code);
        Assert.Equal("REVOKED", (await EnablementAsync(fixture, "v1")).State);
    }

    [Fact]
    public async Task Where_a_run_of_a_release_is_given_up_the_one_before_speaks_again()
    {
        await using var fixture = await ReadyAsync("v1");
        await fixture.DoAsync("t2", Some.Run(passed: 20, failed: 0, release: "v1"));
        await fixture.DoAsync("t3", Some.Run(passed: 159, failed: 41, release: "v1"));
        await fixture.SettleAsync();
        Assert.Equal("REVOKED", (await EnablementAsync(fixture, "v1")).State);

        await fixture.DoAsync("t3", static (TestRunState state) => state.Cancel("wrong build"));
        await fixture.SettleAsync();

        Assert.Equal(new TestEvidence(new Ratio(20, 20), IsComplete: true, "t2"), (await fixture.StateAsync<ReleaseState>("v1")).Confidence!.Inputs.Tests);
        Assert.Equal("ENABLED", (await EnablementAsync(fixture, "v1")).State);
        await fixture.AssertNothingParkedAsync();
    }

    [Fact]
    public async Task A_run_of_the_tenant_that_is_given_up_takes_along_what_stood_on_it()
    {
        await using var fixture = await ReadyAsync("v1");
        await fixture.DoAsync("t1", static (TestRunState state) => state.Cancel("wrong build"));
        await fixture.SettleAsync();
        await fixture.DeliverAsync();

        Assert.Null((await fixture.StateAsync<ReleaseState>("v1")).Confidence!.Inputs.Tests);
        Assert.Equal(("REVOKED", "EVALUATION_FAILED"), await EnablementAsync(fixture, "v1"));
        await fixture.AssertNothingParkedAsync();
    }

    [Fact]
    public async Task The_score_is_the_calculators_on_what_the_views_say()
    {
        await using var fixture = await ReadyAsync("v1");
        await fixture.DoAsync("b1", Some.Reported(), Some.Triaged(BugSeverity.Critical, BugPriority.P0));
        await fixture.DoAsync("b2", Some.Reported(), Some.Triaged(BugSeverity.High, BugPriority.P1));
        await fixture.SettleAsync();

        var inputs = await fixture.Get<IReadinessEvidence>().GatherAsync(Tenant, AggregateId.Parse("v1"), CancellationToken.None);
        var expected = ReleaseConfidenceScore.Calculate(inputs with { Security = new Ratio(95, 100) }, ConfidenceThresholds.Default);
        Assert.Equal(expected, (await fixture.StateAsync<ReleaseState>("v1")).Confidence);
        Assert.Equal(new BugCounts(Critical: 1, High: 1, P0: 1), inputs.Bugs);
    }

    [Fact]
    public async Task A_view_that_stays_behind_the_event_is_no_evidence_and_stops_the_release()
    {
        await using var fixture = await ReadyAsync("v1", FailingViews.Register);
        await fixture.DoAsync("b1", Some.Reported("other"), Some.Triaged(BugSeverity.Critical, BugPriority.P0));
        var views = fixture.Get<FailingViews>();
        views.Fails = static (view, _, waits) => view == ReadinessSources.Name && waits;

        await fixture.SettleAsync();

        Assert.Equal(Pillar.Bugs, await MissingAsync(fixture));
        Assert.Equal(("REVOKED", "EVALUATION_FAILED"), await EnablementAsync(fixture, "v1"));
    }

    [Fact]
    public async Task A_source_that_does_not_answer_is_absent_alone_and_nothing_is_ready_without_it()
    {
        await using var fixture = await ReadyAsync("v1", FailingViews.Register);
        var views = fixture.Get<FailingViews>();
        views.Fails = static (view, id, _) => view == ReadinessSources.Name && id?.Value.StartsWith("bugs", StringComparison.Ordinal) == true;

        var inputs = await fixture.Get<IReadinessEvidence>().GatherAsync(Tenant, AggregateId.Parse("v1"), CancellationToken.None);
        Assert.Equal((null, new Ratio(10, 10), new Ratio(1, 1)), (inputs.Bugs, inputs.Tests!.PassRate, inputs.Requirements));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => fixture.Get<IBugMetrics>().MeasureAsync(Tenant, CancellationToken.None));
        await EvaluateAsync(fixture, "v1");
        Assert.Equal(Pillar.Bugs, await MissingAsync(fixture));
    }

    [Fact]
    public async Task A_clients_own_event_in_a_bugs_stream_changes_nothing_of_what_the_bug_stops()
    {
        await using var fixture = await ReadyAsync("v1");
        await fixture.DoAsync("b1", Some.Reported(), Some.Triaged(BugSeverity.Critical, BugPriority.P1));
        await fixture.AppendAsync("Bug:b1", ("SomethingOfOurs", "2026-11-25T10:00:00Z"), ("BugResolved", "2026-11-25T10:00:00Z"));

        await fixture.SettleAsync();

        Assert.Equal(BugStatus.Resolved, (await fixture.StateAsync<BugState>("b1")).Status);
        Assert.Equal(ReadinessStatus.Blocked, (await fixture.StateAsync<ReleaseState>("v1")).ReadinessStatus);
        await AssertNotParkedAsync(fixture);
    }

    [Fact]
    public async Task A_release_that_nobody_can_fold_keeps_no_other_from_its_evaluation()
    {
        // As a build did that knew no aggregates: this one would not let it in.
        await using var fixture = await ReadyAsync("v1", static services => services.RemoveAll<AggregateDefinition>());
        await fixture.DoAsync("a-broken", Some.Release("2.0.0"));
        await fixture.Store.AppendAsync(
            new AppendRequest
            {
                Stream = StreamId.Parse("Release:a-broken"),
                Events = [new NewEvent { Type = EventType.Parse(nameof(ReleaseBlocked)), Data = JsonObjectText.Parse("""{"reason":5}""") }],
            },
            CancellationToken.None);
        await fixture.DoAsync("b1", Some.Reported(), Some.Triaged(BugSeverity.Critical, BugPriority.P1));

        await fixture.SettleAsync();

        await Assert.ThrowsAsync<FoldFailedException>(() => fixture.StateAsync<ReleaseState>("a-broken"));
        Assert.Equal(ReadinessStatus.Blocked, (await fixture.StateAsync<ReleaseState>("v1")).ReadinessStatus);
        await AssertNotParkedAsync(fixture);
    }

    [Fact]
    public async Task A_clients_own_event_in_a_releases_stream_keeps_no_other_release_from_its_evaluation()
    {
        await using var fixture = await ReadyAsync("v1");
        await fixture.DoAsync("a-foreign", Some.Release("2.0.0"));
        await fixture.AppendAsync("Release:a-foreign", ("SomethingOfOurs", "2026-11-25T10:00:00Z"));
        await fixture.SettleAsync();

        await fixture.DoAsync("b1", Some.Reported(), Some.Triaged(BugSeverity.Critical, BugPriority.P1));
        await fixture.SettleAsync();

        Assert.Equal(ReadinessStatus.Blocked, (await fixture.StateAsync<ReleaseState>("v1")).ReadinessStatus);
        await AssertNotParkedAsync(fixture);
    }

    /// <summary>The reaction at least: views of a bug may need what an event of a client's making does not have.</summary>
    private static async Task AssertNotParkedAsync(ReadModelFixture fixture) => Assert.DoesNotContain(
        await fixture.Get<ISubscriptionOperations>().ParkedAsync(Tenant, SubscriptionGroups.Subscribers, CancellationToken.None) ?? [],
        static parked => parked.Handler == ReleaseReevaluation.Handler);

    private static async Task<Pillar?> MissingAsync(ReadModelFixture fixture)
    {
        var release = await fixture.StateAsync<ReleaseState>("v1");
        Assert.False(release.IsReady);
        return Assert.Single(release.BlockingReasons, static reason => reason.Code == ReadinessReasonCode.DataUnavailable).Source;
    }

    private static async Task<(string State, string Reason)> EnablementAsync(ReadModelFixture fixture, string release)
    {
        var document = (await fixture.FindAsync(DeploymentEnablements.Name, $"Release:{release}"))!.Value;
        return (document.Text("state"), document.Text("reason"));
    }

    private static async Task EvaluateAsync(ReadModelFixture fixture, string release) => await fixture.DoAsync(
        release,
        await fixture.Get<ReleaseEvaluation>().PrepareAsync(Tenant, AggregateId.Parse(release), new Ratio(95, 100), CancellationToken.None));

    /// <summary>A release that is ready by what the views say, and enabled.</summary>
    private static async Task<ReadModelFixture> ReadyAsync(string release, Action<IServiceCollection>? configure = null)
    {
        var fixture = await ReadModelFixture.StartAsync(configure);
        await fixture.DoAsync("r1", Some.Approved());
        await fixture.DoAsync("t1", Some.Run(passed: 10, failed: 0));
        await fixture.DoAsync(release, Some.Release("1.0.0"));
        await fixture.SettleAsync();
        await EvaluateAsync(fixture, release);
        await fixture.SettleAsync();
        return fixture;
    }
}
