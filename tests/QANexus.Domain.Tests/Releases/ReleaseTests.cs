using QANexus.Domain.Actors;
using QANexus.Domain.Arithmetic;
using QANexus.Domain.Releases;
using QANexus.Domain.Releases.Confidence;
using QANexus.Domain.Tests.Aggregates;
using QANexus.EventStore.Aggregates;
using QANexus.Testing.Aggregates;

namespace QANexus.Domain.Tests.Releases;

public sealed class ReleaseTests
{
    private static readonly Actor Em = new("eve", [Role.Em]);
    private static readonly Actor Viewer = new("vic", [Role.Viewer]);
    private static readonly ReleasePolicy Policy = ReleasePolicy.Default;
    private static readonly DateTimeOffset Noon = Life<ReleaseState>.Birth.AddHours(3);
    private static readonly ReadinessInputs Good = Inputs(100);
    private static readonly ReadinessInputs Poor = Inputs(79);

    private static AggregateScenario<ReleaseState> Planned => Scenario.Of(new ReleaseAggregate()).At(Noon).Given(new ReleaseCreated("1.0.0", "production"));

    [Fact]
    public void Every_command_does_in_every_status_what_the_table_says() => Matrix.Check(
        """
                 | evaluate         | fail             | activate           | freeze             | release            | block              | abort            | override
        PLANNED  | PLANNED          | PLANNED          | ACTIVE             | release.transition | release.transition | BLOCKED            | ABORTED          | -
        ACTIVE   | ACTIVE           | ACTIVE           | release.transition | FROZEN             | release.transition | BLOCKED            | ABORTED          | -
        FROZEN   | FROZEN           | FROZEN           | release.transition | release.transition | RELEASED           | BLOCKED            | ABORTED          | -
        RELEASED | release.terminal | release.terminal | release.transition | release.transition | release.transition | release.transition | release.terminal | release.terminal
        BLOCKED  | ACTIVE           | BLOCKED          | ACTIVE             | release.transition | release.transition | release.transition | ABORTED          | -
        ABORTED  | release.terminal | release.terminal | release.transition | release.transition | release.transition | release.transition | release.terminal | release.terminal
        """,
        new Dictionary<ReleaseStatus, Life<ReleaseState>>
        {
            [ReleaseStatus.Planned] = Begin(Good),
            [ReleaseStatus.Active] = Begin(Good).Do(static state => state.Activate()),
            [ReleaseStatus.Frozen] = Begin(Good).Do(static state => state.Activate(), static state => state.Freeze()),
            [ReleaseStatus.Released] = Begin(Good).Do(static state => state.Activate(), static state => state.Freeze(), static state => state.Release(Noon, Policy)),
            [ReleaseStatus.Blocked] = Begin(Good).Do(static state => state.Block("legal")),
            [ReleaseStatus.Aborted] = Begin(Good).Do(static state => state.Abort("no")),
        },
        static state => state.Status,
        Commands());

    [Fact]
    public void Nothing_passes_on_a_poor_score_without_an_override() => Matrix.Check(
        """
                 | evaluate         | fail             | activate             | freeze             | release              | block              | abort            | override
        PLANNED  | PLANNED          | PLANNED          | release.gates.failed | release.transition | release.transition   | BLOCKED            | ABORTED          | PLANNED
        ACTIVE   | ACTIVE           | ACTIVE           | release.transition   | FROZEN             | release.transition   | BLOCKED            | ABORTED          | ACTIVE
        FROZEN   | FROZEN           | FROZEN           | release.transition   | release.transition | release.gates.failed | BLOCKED            | ABORTED          | FROZEN
        RELEASED | release.terminal | release.terminal | release.transition   | release.transition | release.transition   | release.transition | release.terminal | release.terminal
        BLOCKED  | ACTIVE           | BLOCKED          | release.gates.failed | release.transition | release.transition   | release.transition | ABORTED          | BLOCKED
        ABORTED  | release.terminal | release.terminal | release.transition   | release.transition | release.transition   | release.transition | release.terminal | release.terminal
        """,
        new Dictionary<ReleaseStatus, Life<ReleaseState>>
        {
            [ReleaseStatus.Planned] = Begin(Poor),
            [ReleaseStatus.Active] = Begin(Good).Do(static state => state.Activate(), static state => state.Evaluate(Poor, Noon, Policy)),
            [ReleaseStatus.Frozen] = Begin(Good).Do(static state => state.Activate(), static state => state.Freeze(), static state => state.Evaluate(Poor, Noon, Policy)),
            [ReleaseStatus.Released] = Begin(Good).Do(static state => state.Activate(), static state => state.Freeze(), static state => state.Release(Noon, Policy)),
            [ReleaseStatus.Blocked] = Begin(Poor).Do(static state => state.Block("legal")),
            [ReleaseStatus.Aborted] = Begin(Poor).Do(static state => state.Abort("no")),
        },
        static state => state.Status,
        Commands());

    [Fact]
    public void Whatever_is_asked_of_it_a_release_stays_legal_and_follows_from_its_events() => Lives.Sample<ReleaseState>(
        static () => Begin(null),
        [
            static (state, n, now) => state.Evaluate(n % 3 == 0 ? Poor : Inputs(80 + (n % 20)), now, Policy),
            static (state, n, now) => state.Evaluate(Good with { Bugs = new BugCounts(n % 2, n % 3, n % 4, n % 5, n % 2, n % 3), Security = n % 4 == 0 ? null : new Ratio(n, 1_000) }, now, Policy),
            static (state, _, _) => state.Activate(),
            static (state, _, _) => state.Freeze(),
            static (state, n, now) => state.Release(now.AddHours(n % 30), Policy),
            static (state, n, _) => n % 4 == 0 ? state.Block($"{n}") : Decision.Nothing,
            static (state, n, _) => n % 30 == 0 ? state.Abort($"{n}") : Decision.Nothing,
            static (state, n, _) => state.Override($"{n}", n % 3 == 0 ? Em : Viewer),
        ],
        static state => state.Status,
        static (before, after) =>
        {
            Assert.True(before.Status == after.Status || ReleaseLife.Table.Allows(before.Status, after.Status));
            Assert.True(before.Status == after.Status || after.Status is not (ReleaseStatus.Released or ReleaseStatus.Active) || after.IsReady || before.Override is not null);
            Assert.True(after.Override is null || after.Override.By == "eve");
            Assert.Equal(after.ReadinessScore, after.Confidence?.Total);
            Assert.True(after.Confidence is null || after.Confidence == ReleaseConfidenceScore.Calculate(after.Confidence.Inputs, after.Confidence.Thresholds));
            Assert.Equal(after.Status == ReleaseStatus.Released, after.IsReleased);
        });

    [Fact]
    public void A_release_has_a_semantic_version_and_an_environment()
    {
        var none = Scenario.Of(new ReleaseAggregate());

        none.When(static state => state.Create(new NewRelease("1.0.0", "staging"))).Then(new ReleaseCreated("1.0.0", "staging"));
        none.When(static state => state.Create(new NewRelease("v1", " "))).ThenRejected("release.version.format");
        none.When(static state => state.Create(new NewRelease("1.0.0", " "))).ThenRejected("release.environment.required");
        Planned.When(static state => state.Create(new NewRelease("1.0.0", "staging"))).ThenRejected("release.exists");
    }

    [Fact]
    public void Readiness_is_achieved_when_it_comes_and_not_each_time_it_is_there()
    {
        var life = Begin(null);

        Assert.Equal(["ReleaseReadinessEvaluated"], Types(life, Poor));
        Assert.Equal(["ReleaseReadinessEvaluated", "ReleaseReadinessAchieved"], Types(life, Good));
        Assert.Equal(["ReleaseReadinessEvaluated"], Types(life, Good));
        Assert.Equal(["ReleaseReadinessEvaluated"], Types(life, Poor));
        Assert.Equal(["ReleaseReadinessEvaluated", "ReleaseReadinessAchieved"], Types(life, Good));
        life.Do(static state => state.Block("legal"));
        Assert.Equal(["ReleaseReadinessEvaluated"], Types(life, Poor));
        Assert.Equal(["ReleaseReadinessEvaluated", "ReleaseReadinessAchieved", "ReleaseUnblocked"], Types(life, Good));
        life.Do(static state => state.Block("legal"));
        Assert.Equal(["ReleaseReadinessEvaluated", "ReleaseReadinessAchieved", "ReleaseUnblocked"], Types(life, Good));
    }

    [Fact]
    public void The_achievement_says_how_long_the_score_holds()
    {
        var state = Planned.When(static state => state.Evaluate(Good, Noon, Policy)).Then(static events => Assert.Equal(
            new ReleaseReadinessAchieved("1.0.0", 100, new DeploymentWindow(Noon, Noon.AddHours(24), "While the score holds.")), events[1]));

        Assert.Equal((100, true, Noon), (state.ReadinessScore, state.IsReady, state.ReadinessEvaluatedAt));
    }

    [Fact]
    public void A_manual_block_and_what_an_evaluation_finds_are_kept_apart()
    {
        var life = Begin(Good).Do(static state => state.Block("legal"), static state => state.Evaluate(Poor, Noon, Policy));

        Assert.Equal((ReleaseStatus.Blocked, "legal"), (life.State.Status, life.State.BlockReason));
        Assert.Equal(ReadinessReasonCode.TestPassRateLow, Assert.Single(life.State.BlockingReasons).Code);
        life.Do(static state => state.Evaluate(Good, Noon, Policy));
        Assert.Equal((ReleaseStatus.Active, null), (life.State.Status, life.State.BlockReason));
    }

    [Fact]
    public void Nothing_goes_on_that_was_never_evaluated()
    {
        Planned.When(static state => state.Activate()).ThenRejected("release.not_evaluated");
        Planned.When(static state => state.Override("urgent", Em)).ThenRejected("release.not_evaluated");
        Planned.Given(new ReleaseActivated(), new ReleaseFrozen()).When(static state => state.Release(Noon, Policy)).ThenRejected("release.not_evaluated");
    }

    [Fact]
    public void A_score_of_more_than_a_day_says_nothing_about_today()
    {
        var life = Begin(null);
        life.Now = Noon;
        life.Do(static state => state.Evaluate(Good, Noon, Policy), static state => state.Activate(), static state => state.Freeze());

        Assert.Equal("RELEASED", life.Try(static state => state.Release(Noon.AddHours(24), Policy), static state => Domain.Words.Word.Of(state.Status)));
        Assert.Equal("release.score.stale", life.Try(static state => state.Release(Noon.AddHours(24).AddTicks(1), Policy), static _ => "released"));
        Assert.Equal("release.score.stale", life.Try(static state => state.Release(Noon.AddHours(2), Policy with { MaxScoreAge = TimeSpan.FromHours(1) }), static _ => "released"));
    }

    [Fact]
    public void An_override_is_a_managers_and_ends_with_the_next_evaluation()
    {
        var life = Begin(Poor);
        Assert.Equal("release.override.role", life.Try(static state => state.Override("urgent", Viewer), static _ => "overridden"));
        Assert.Equal("release.reason.required", life.Try(static state => state.Override(" ", Em), static _ => "overridden"));

        life.Do(static state => state.Override("urgent", Em));
        Assert.Equal(("urgent", "eve", "EM"), (life.State.Override!.Reason, life.State.Override.By, life.State.Override.Role));
        Assert.Equal([Gate.TestCoverage], life.State.Override.Gates.AsEnumerable());
        Assert.Equal("ACTIVE", life.Try(static state => state.Activate(), static state => Domain.Words.Word.Of(state.Status)));

        life.Do(static state => state.Evaluate(Poor, Noon, Policy));
        Assert.Null(life.State.Override);
        Assert.Equal("release.gates.failed", life.Try(static state => state.Activate(), static _ => "active"));
    }

    [Fact]
    public void A_release_that_went_out_on_an_override_says_so()
    {
        var life = Begin(Poor).Do(
            static state => state.Override("urgent", Em), static state => state.Activate(), static state => state.Freeze(), static state => state.Release(Noon, Policy));

        Assert.True(life.State.IsReleased);
        Assert.Contains("\"overridden\":true", life.History[^1].Data.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_deployment_is_enabled_by_a_check_that_passes_and_for_as_long_as_the_score_holds()
    {
        var life = Begin(null);
        life.Now = Noon;
        life.Do(static state => state.Evaluate(Good, Noon, Policy), static state => state.VerifyDeployment(Inputs(90), Noon.AddMinutes(1), Policy));

        Assert.Contains("""{"version":"1.0.0","score":96,"expiresAt":"2026-11-03T12:00:00Z"}""", life.History[^1].Data.ToString(), StringComparison.Ordinal);
        Assert.Equal((100, true), (life.State.ReadinessScore, life.State.IsReady));
    }

    [Fact]
    public void A_last_check_that_fails_is_the_evaluation_from_then_on()
    {
        var life = Begin(Good).Do(static state => state.VerifyDeployment(Good with { Bugs = null }, Noon, Policy));

        Assert.Equal(["ReleaseReadinessEvaluated", "DeploymentAborted"], life.History.TakeLast(2).Select(static e => e.Type.Value));
        Assert.Contains("DATA_UNAVAILABLE", life.History[^1].Data.ToString(), StringComparison.Ordinal);
        Assert.Equal((false, Noon), (life.State.IsReady, life.State.ReadinessEvaluatedAt));
        Assert.Equal("release.gates.failed", life.Try(static state => state.Activate(), static _ => "active"));
    }

    [Fact]
    public void There_is_nothing_to_check_where_the_readiness_is_over_or_its_score_too_old()
    {
        Assert.Equal("-", Check(Begin(Poor), Noon));
        Assert.Equal("-", Check(Begin(Good).Do(static state => state.Block("legal")), Noon));
        Assert.Equal("-", Check(Begin(Good).Do(static state => state.Abort("no")), Noon));
        var stale = Begin(Good);
        Assert.Equal("READY", Check(stale, Noon.AddHours(24)));
        stale.Do(static state => state.VerifyDeployment(Good, Noon.AddHours(24), Policy));
        Assert.Equal("DeploymentAborted", stale.History[^1].Type.Value);

        static string Check(Life<ReleaseState> life, DateTimeOffset now) => life.Try(
            state => state.VerifyDeployment(Good, now, Policy), static state => Domain.Words.Word.Of(state.ReadinessStatus!.Value));
    }

    [Fact]
    public void An_evaluation_by_itself_says_nothing_twice_and_leaves_an_override_alone()
    {
        var life = Begin(Poor).Do(static state => state.Override("urgent", Em));

        Assert.False(life.Apply(life.State.Reevaluate(Poor, Noon, Policy)));
        Assert.NotNull(life.State.Override);
        life.Do(static state => state.Reevaluate(Poor with { Bugs = new BugCounts(Critical: 1) }, Noon, Policy));
        Assert.Equal((null, ReadinessStatus.Blocked), (life.State.Override, life.State.ReadinessStatus));
        Assert.Equal("release.terminal", Begin(Poor).Do(static state => state.Abort("no")).Try(static state => state.Reevaluate(Poor, Noon, Policy), static _ => "evaluated"));
    }

    [Fact]
    public void A_redacted_evaluation_lets_nothing_pass()
    {
        var evaluated = Planned.Given(new ReleaseReadinessEvaluated("1.0.0", 100, ReadinessStatus.Ready, PassesAllGates: true)).WithRedacted(2);

        evaluated.When(static state => state.Activate()).ThenRejected("release.not_evaluated");
    }

    [Fact]
    public void A_source_that_is_out_of_range_is_refused_by_its_pillar() =>
        Planned.When(static state => state.Evaluate(Good with { Requirements = new Ratio(3, 2) }, Noon, Policy)).ThenRejected("rcs.requirementsPlanning.range");

    private static string[] Types(Life<ReleaseState> life, ReadinessInputs inputs)
    {
        var before = life.History.Count;
        life.Do(state => state.Evaluate(inputs, life.Now, Policy));
        return [.. life.History.Skip(before).Select(static e => e.Type.Value)];
    }

    private static Dictionary<string, Func<ReleaseState, Decision>> Commands() => new()
    {
        ["evaluate"] = static state => state.Evaluate(Good, Noon, Policy),
        ["fail"] = static state => state.Evaluate(Poor, Noon, Policy),
        ["activate"] = static state => state.Activate(),
        ["freeze"] = static state => state.Freeze(),
        ["release"] = static state => state.Release(Noon, Policy),
        ["block"] = static state => state.Block("legal"),
        ["abort"] = static state => state.Abort("no"),
        ["override"] = static state => state.Override("urgent", Em),
    };

    private static ReadinessInputs Inputs(int passRate) => new()
    {
        Tests = new TestEvidence(new Ratio(passRate, 100)), Bugs = BugCounts.None, Requirements = new Ratio(1, 1), Security = new Ratio(1, 1),
    };

    private static Life<ReleaseState> Begin(ReadinessInputs? inputs)
    {
        var life = new Life<ReleaseState>(new ReleaseAggregate(), ReleaseJson.Default).Do(static state => state.Create(new NewRelease("1.0.0", "production")));
        return inputs is null ? life : life.Do(state => state.Evaluate(inputs, Noon, Policy));
    }
}
