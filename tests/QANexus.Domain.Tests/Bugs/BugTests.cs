using QANexus.Domain.Actors;
using QANexus.Domain.Bugs;
using QANexus.Domain.Tests.Aggregates;
using QANexus.EventStore.Aggregates;
using QANexus.Testing.Aggregates;

namespace QANexus.Domain.Tests.Bugs;

public sealed class BugTests
{
    private static readonly Actor Qa = new("quinn", [Role.Qa]);
    private static readonly Actor Em = new("eve", [Role.Em]);
    private static readonly BugTriage Judged = new(BugSeverity.Medium, BugPriority.P2, "dan");
    private static readonly NewBug New = new() { Title = "Crash", Description = "It crashes.", ReportedBy = "rob" };

    private static AggregateScenario<BugState> Open => Scenario.Of(new BugAggregate()).Given(new BugCreated("Crash", "It crashes.", "rob"));

    private static AggregateScenario<BugState> Triaged => Open.Given(new BugTriaged(BugSeverity.Medium, BugPriority.P2, "dan", "quinn"));

    [Fact]
    public void Every_command_does_in_every_status_what_the_table_says() => Matrix.Check(
        """
                    | triage              | update          | start          | resolve        | verify         | close          | reopen         | defer          | invalidate
        OPEN        | TRIAGED             | bug.not_triaged | bug.transition | bug.transition | bug.transition | bug.transition | bug.transition | DEFERRED       | INVALID
        TRIAGED     | bug.already_triaged | TRIAGED         | IN_PROGRESS    | bug.transition | bug.transition | bug.transition | bug.transition | DEFERRED       | INVALID
        IN_PROGRESS | bug.transition      | IN_PROGRESS     | bug.transition | RESOLVED       | bug.transition | bug.transition | bug.transition | DEFERRED       | INVALID
        RESOLVED    | bug.transition      | RESOLVED        | bug.transition | bug.transition | VERIFIED       | bug.transition | OPEN           | bug.transition | INVALID
        VERIFIED    | bug.transition      | VERIFIED        | bug.transition | bug.transition | bug.transition | CLOSED         | OPEN           | bug.transition | bug.transition
        CLOSED      | bug.terminal        | bug.terminal    | bug.transition | bug.transition | bug.transition | bug.transition | bug.transition | bug.transition | bug.transition
        DEFERRED    | TRIAGED             | bug.not_triaged | bug.transition | bug.transition | bug.transition | bug.transition | OPEN           | bug.transition | bug.transition
        INVALID     | bug.terminal        | bug.terminal    | bug.transition | bug.transition | bug.transition | bug.transition | bug.transition | bug.transition | bug.transition
        """,
        new Dictionary<BugStatus, Life<BugState>>
        {
            [BugStatus.Open] = Begin(),
            [BugStatus.Triaged] = Begin(1),
            [BugStatus.InProgress] = Begin(2),
            [BugStatus.Resolved] = Begin(3),
            [BugStatus.Verified] = Begin(4),
            [BugStatus.Closed] = Begin(5),
            [BugStatus.Deferred] = Begin().Do(static state => state.Defer("later", Qa)),
            [BugStatus.Invalid] = Begin().Do(static state => state.Invalidate("works")),
        },
        static state => state.Status,
        new Dictionary<string, Func<BugState, Decision>>
        {
            ["triage"] = static state => state.Triage(Judged, Qa),
            ["update"] = static state => state.UpdateTriage(BugSeverity.Low, null, null, Qa),
            ["start"] = static state => state.StartWork(),
            ["resolve"] = static state => state.Resolve("fixed"),
            ["verify"] = static state => state.Verify(),
            ["close"] = static state => state.Close(),
            ["reopen"] = static state => state.Reopen("again"),
            ["defer"] = static state => state.Defer("later", Qa),
            ["invalidate"] = static state => state.Invalidate("works"),
        });

    [Fact]
    public void Whatever_is_asked_of_it_a_bug_stays_legal_and_follows_from_its_events() => Lives.Sample<BugState>(
        static () => Begin(),
        [
            static (state, n, _) => state.Triage(new BugTriage((BugSeverity)(n % 4), (BugPriority)(n / 4 % 4), n % 3 == 0 ? null : $"dev{n % 3}", n % 5 == 0 ? ["ui"] : null), Qa),
            static (state, n, _) => state.UpdateTriage((BugSeverity)(n % 4), null, $"dev{n % 3}", Em),
            static (state, _, _) => state.StartWork(),
            static (state, n, _) => state.Resolve(n % 2 == 0 ? null : "fixed"),
            static (state, _, _) => state.Verify(),
            static (state, n, _) => n % 3 == 0 ? state.Close() : Decision.Nothing,
            static (state, n, _) => state.Reopen($"{n}"),
            static (state, n, _) => state.Defer($"{n}", n % 2 == 0 ? Qa : Em),
            static (state, n, _) => n % 8 == 0 ? state.Invalidate($"{n}") : Decision.Nothing,
        ],
        static state => state.Status,
        static (before, after) =>
        {
            Assert.True(before.Status == after.Status || BugLife.Table.Allows(before.Status, after.Status));
            Assert.True(after.Status is not (BugStatus.Triaged or BugStatus.InProgress or BugStatus.Resolved) || after.Severity is not null);
            Assert.True(after.BlocksRelease == (after.Severity == BugSeverity.Critical || after.Priority == BugPriority.P0) || !BugLife.CountsAgainstRelease(after.Status));
            Assert.InRange(after.ImpactScore, 0, 100);
            Assert.True(after.ReopenCount >= before.ReopenCount);
        });

    [Fact]
    public void A_bug_begins_open_and_unjudged()
    {
        var state = Scenario.Of(new BugAggregate()).When(static state => state.Create(New with { Tags = ["ui"], LinkedTestRunId = "run-1", ReleaseId = "rel-1" }))
            .Then(new BugCreated("Crash", "It crashes.", "rob", ["ui"], null, "run-1", null, "rel-1"));

        Assert.Equal((BugStatus.Open, null, null, "rob"), (state.Status, state.Severity, state.Priority, state.ReportedBy));
        Open.When(static state => state.Create(New)).ThenRejected("bug.exists");
    }

    [Theory]
    [InlineData(" ", " ", "bug.title.required")]
    [InlineData("t", " ", "bug.description.required")]
    public void Title_and_description_must_say_something(string title, string description, string rule) =>
        Scenario.Of(new BugAggregate()).When(state => state.Create(New with { Title = title, Description = description })).ThenRejected(rule);

    [Fact]
    public void A_triage_says_who_judged_and_keeps_an_assignee_it_does_not_name()
    {
        var triaged = Open.When(static state => state.Triage(Judged with { Tags = ["ui"] }, Qa)).Then(new BugTriaged(BugSeverity.Medium, BugPriority.P2, "dan", "quinn", ["ui"]));
        Assert.Equal(("dan", "quinn"), (triaged.AssignedTo, triaged.TriagedBy));
        Assert.Equal(["ui"], triaged.Tags.AsEnumerable());

        var again = Triaged.Given(new BugWorkStarted(), new BugResolved(), new BugReopened("again"))
            .When(static state => state.Triage(new BugTriage(BugSeverity.High, BugPriority.P1), Em)).Then(static _ => { });
        Assert.Equal(("dan", "eve", BugSeverity.High, 1), (again.AssignedTo, again.TriagedBy, again.Severity, again.ReopenCount));
    }

    [Fact]
    public void A_judgement_that_changes_nothing_is_no_event()
    {
        Triaged.When(static state => state.UpdateTriage(BugSeverity.Medium, BugPriority.P2, "dan", Qa)).ThenNothing();
        Triaged.When(static state => state.UpdateTriage(null, BugPriority.P0, null, Em)).Then(new BugTriageUpdated(null, BugPriority.P0, null, "eve"));
    }

    [Fact]
    public void A_resolved_bug_can_be_reopened_with_its_reason_on_record()
    {
        var state = Triaged.Given(new BugWorkStarted(), new BugResolved(BugSeverity.Medium, BugPriority.P2, "patched"))
            .When(static state => state.Reopen("still there")).Then(new BugReopened("still there"));

        Assert.Equal((BugStatus.Open, 1, "patched", BugSeverity.Medium), (state.Status, state.ReopenCount, state.ResolutionNotes, state.Severity));
        Open.When(static state => state.Reopen(" ")).ThenRejected("bug.reason.required");
    }

    [Theory]
    [InlineData(BugSeverity.Critical, BugPriority.P3)]
    [InlineData(BugSeverity.Low, BugPriority.P0)]
    public void What_stops_a_release_is_deferred_by_a_manager_only(BugSeverity severity, BugPriority priority)
    {
        var blocking = Open.Given(new BugTriaged(severity, priority));

        Assert.Equal(RejectionKind.Invariant, blocking.When(static state => state.Defer("later", Qa)).ThenRejected("bug.defer.role").Kind);
        Assert.False(blocking.When(static state => state.Defer("later", Em)).Then(new BugDeferred("later")).BlocksRelease);
    }

    [Theory]
    [InlineData(BugSeverity.Critical, null)]
    [InlineData(null, BugPriority.P0)]
    public void A_deferred_bug_comes_to_stop_releases_by_a_manager_only(BugSeverity? severity, BugPriority? priority)
    {
        var deferred = Triaged.Given(new BugDeferred("later"));

        Assert.Equal(
            RejectionKind.Invariant, deferred.When(state => state.UpdateTriage(severity, priority, null, Qa)).ThenRejected("bug.defer.role").Kind);
        deferred.When(state => state.UpdateTriage(severity, priority, null, Em)).Then(new BugTriageUpdated(severity, priority, null, Em.Id));
        deferred.When(static state => state.UpdateTriage(BugSeverity.High, null, null, Qa)).Then(new BugTriageUpdated(BugSeverity.High, null, null, Qa.Id));
        Triaged.When(state => state.UpdateTriage(severity, priority, null, Qa)).Then(new BugTriageUpdated(severity, priority, null, Qa.Id));
    }

    [Fact]
    public void A_transition_that_is_refused_names_those_allowed()
    {
        var refusal = Open.When(static state => state.StartWork()).ThenRejected("bug.transition");

        Assert.Equal((RejectionKind.Transition, "OPEN does not become IN_PROGRESS; allowed: TRIAGED, DEFERRED, INVALID."), (refusal.Kind, refusal.Message));
    }

    [Fact]
    public void The_promises_begin_with_the_triage()
    {
        Assert.Null(Open.ToState().Sla);
        var state = Triaged.ToState();
        Assert.Equal(BugSla.Of(BugSeverity.Medium, BugPriority.P2, state.CreatedAt!.Value, state.TriageDate!.Value), state.Sla);
    }

    private static Life<BugState> Begin(int steps = 0)
    {
        Func<BugState, Decision>[] way =
        [
            static state => state.Create(New), static state => state.Triage(Judged, Qa), static state => state.StartWork(),
            static state => state.Resolve("fixed"), static state => state.Verify(), static state => state.Close(),
        ];
        return new Life<BugState>(new BugAggregate(), BugJson.Default).Do(way.AsSpan(0, steps + 1));
    }
}
