using System.Globalization;
using QANexus.Domain.TestRuns;
using QANexus.Domain.Tests.Aggregates;
using QANexus.EventStore.Aggregates;
using QANexus.Testing.Aggregates;

namespace QANexus.Domain.Tests.TestRuns;

public sealed class TestRunTests
{
    private static readonly NewTestRun New = new() { ExpectedTestCount = 2, CreatedBy = "quinn", Name = "nightly", SprintId = "s1", ReleaseId = "r1" };

    private static AggregateScenario<TestRunState> Running(int expected) => Scenario.Of(new TestRunAggregate())
        .Given(new TestRunCreated(expected, SprintId: "s1", ReleaseId: "r1", CreatedBy: "quinn")).Given(new TestRunStarted(expected));

    /// <summary>Durations that are right each for itself may add up to a number of more digits than the data of an event may hold.</summary>
    [Theory]
    [InlineData("0.5", "0.0000000000000000000000000001", 1, "0.5")]
    [InlineData("31535999999.9999", "31535999999.9998", 40, "1292975999999.99")]
    [InlineData("31535999999.9999", "0.1234", 1, "31536000000.1233")]
    public void The_sum_of_durations_has_no_more_digits_than_an_event_may_hold(string first, string other, int others, string sum) =>
        Running(others + 1)
            .Given([.. Enumerable.Range(0, others + 1).Select(n => Recorded($"t{n}", TestOutcome.Passed, Number(n == 0 ? first : other)))])
            .When(static state => state.Complete())
            .Then(events => Assert.Equal(Number(sum), Assert.IsType<TestRunCompleted>(Assert.Single(events)).DurationMs));

    [Fact]
    public void Every_command_does_in_every_status_what_the_table_says() => Matrix.Check(
        """
                  | start              | record             | complete           | stop               | cancel           | analyze
        CREATED   | RUNNING            | testrun.transition | testrun.transition | testrun.transition | CANCELLED        | testrun.transition
        RUNNING   | testrun.transition | RUNNING            | COMPLETED          | STOPPED            | CANCELLED        | testrun.transition
        COMPLETED | testrun.transition | testrun.transition | testrun.transition | testrun.transition | CANCELLED        | ANALYZED
        STOPPED   | testrun.transition | testrun.transition | testrun.transition | testrun.transition | CANCELLED        | ANALYZED
        ANALYZED  | testrun.transition | testrun.transition | testrun.transition | testrun.transition | CANCELLED        | testrun.transition
        CANCELLED | testrun.transition | testrun.terminal   | testrun.transition | testrun.transition | testrun.transition | testrun.transition
        """,
        new Dictionary<TestRunStatus, Life<TestRunState>>
        {
            [TestRunStatus.Created] = Begin(),
            [TestRunStatus.Running] = Begin().Do(static state => state.Start()),
            [TestRunStatus.Completed] = Begin().Do(static state => state.Start(), static state => state.Complete(incomplete: true)),
            [TestRunStatus.Stopped] = Begin().Do(static state => state.Start(), static state => state.Stop("late")),
            [TestRunStatus.Analyzed] = Begin().Do(static state => state.Start(), static state => state.Stop(null), static state => state.Analyze(null)),
            [TestRunStatus.Cancelled] = Begin().Do(static state => state.Cancel("wrong")),
        },
        static state => state.Status,
        new Dictionary<string, Func<TestRunState, Decision>>
        {
            ["start"] = static state => state.Start(),
            ["record"] = static state => state.Record(Result("t1", TestOutcome.Passed)),
            ["complete"] = static state => state.Complete(incomplete: true),
            ["stop"] = static state => state.Stop("late"),
            ["cancel"] = static state => state.Cancel("wrong"),
            ["analyze"] = static state => state.Analyze(null),
        });

    [Fact]
    public void Whatever_is_asked_of_it_a_run_stays_legal_and_follows_from_its_events() => Lives.Sample<TestRunState>(
        static () => Begin(),
        [
            static (state, _, _) => state.Start(),
            static (state, n, _) => state.Record(Result($"t{n % 4}", (TestOutcome)(n / 4 % 4), n % 11), Result($"t{n % 3}", (TestOutcome)(n / 5 % 4), n % 7 / 4m)),
            static (state, n, _) => state.Record(Result($"t{n % 4}", TestOutcome.Failed) with { Errored = n % 2 == 0, ErrorMessage = "no", Attempts = 1 + (n % 3) }),
            static (state, n, _) => n % 6 == 0 ? state.Complete(n % 4 == 0) : Decision.Nothing,
            static (state, n, _) => n % 20 == 0 ? state.Stop(null) : Decision.Nothing,
            static (state, n, _) => n % 40 == 0 ? state.Cancel($"{n}") : Decision.Nothing,
            static (state, n, _) => state.Analyze(n % 2 == 0 ? null : new PassRate(n % 3, 3)),
        ],
        static state => state.Status,
        static (before, after) =>
        {
            Assert.True(before.Status == after.Status || TestRunLife.Table.Allows(before.Status, after.Status));
            Assert.Equal(after.TestResults.Count, after.PassedTests + after.FailedTests + after.BlockedTests + after.SkippedTests);
            Assert.Equal(after.TestResults.Count(static result => result.Outcome == TestOutcome.Failed), after.FailedTests);
            Assert.Equal(after.TestResults.Count(static result => result.Errored), after.ErroredTests);
            Assert.Equal(after.TestResults.Sum(static result => result.DurationMs ?? 0), after.TotalDurationMs);
            Assert.True(!after.MeetsReleaseGate || (after.HasAllResults && after.Rate.MeetsReleaseGate));
            Assert.True(before.Status == TestRunStatus.Running || ReferenceEquals(before.TestResults, after.TestResults) || before.TestResults.Count == after.TestResults.Count);
        });

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_run_expects_at_least_one_test_unless_a_report_says_that_nothing_ran(int count)
    {
        Scenario.Of(new TestRunAggregate()).When(state => state.Create(New with { ExpectedTestCount = count })).ThenRejected("testrun.count.invalid");
        if (count == 0)
        {
            Scenario.Of(new TestRunAggregate()).When(static state => state.Create(New with { ExpectedTestCount = 0, ReportKey = "k" })).Then(static _ => { });
        }
    }

    [Fact]
    public void The_last_result_of_a_case_wins()
    {
        var state = Running(2).Given(Recorded("t1", TestOutcome.Failed, 5), Recorded("t2", TestOutcome.Passed, 2))
            .When(static state => state.Record(Result("t1", TestOutcome.Passed, 1.5m))).Then(Recorded("t1", TestOutcome.Passed, 1.5m));

        Assert.Equal((2, 0, 2, 3.5m), (state.PassedTests, state.FailedTests, state.TestResults.Count, state.TotalDurationMs));
        Assert.Equal(["t1", "t2"], state.TestResults.Select(static result => result.TestCaseId));
    }

    [Fact]
    public void A_part_of_a_run_is_completed_only_by_saying_so_and_passes_no_gate()
    {
        var one = Running(100).Given(Recorded("t1", TestOutcome.Passed, 1));

        one.When(static state => state.Complete()).ThenRejected("testrun.incomplete");
        var state = one.When(static state => state.Complete(incomplete: true))
            .Then(new TestRunCompleted(1, 0, 0, 0, 100, 100, 1, Incomplete: true, [], "s1", "r1", 0, 0));
        Assert.Equal((true, false), (state.Incomplete, state.MeetsReleaseGate));
    }

    [Fact]
    public void Passed_of_executed_counts_blocked_tests_and_leaves_skipped_ones_out()
    {
        var state = Running(4)
            .Given(Recorded("t1", TestOutcome.Passed, 1), Recorded("t2", TestOutcome.Failed, 2), Recorded("t3", TestOutcome.Blocked, 3), Recorded("t4", TestOutcome.Skipped, null))
            .When(static state => state.Complete())
            .Then(new TestRunCompleted(1, 1, 1, 1, 4, 33, 6, Incomplete: false, ["t2"], "s1", "r1", 0, 0));

        Assert.Equal((3, 2m), (state.ExecutedTests, state.AverageDurationMs));
    }

    [Fact]
    public void A_rate_that_only_rounds_to_80_does_not_pass()
    {
        var run = Running(200).Given([.. Enumerable.Range(0, 200).Select(static n => Recorded($"t{n}", n < 159 ? TestOutcome.Passed : TestOutcome.Failed, null))]);

        var state = run.When(static state => state.Complete()).Then(static _ => { });

        Assert.Equal((80, false), (state.PassRate, state.MeetsReleaseGate));
    }

    [Fact]
    public void Impossible_results_are_refused_and_none_of_their_list_is_recorded()
    {
        Running(2).When(static state => state.Record(Result("t1", TestOutcome.Passed), Result("t2", TestOutcome.Passed, -1))).ThenRejected("testrun.result.duration.range");
        Running(2).When(static state => state.Record(Result("t1", TestOutcome.Passed, 0.00001m))).ThenRejected("testrun.result.duration.range");
        Running(2).When(static state => state.Record(Result("", TestOutcome.Passed))).ThenRejected("testrun.result.case.required");
        Running(2).When(static state => state.Record(Result("t1", TestOutcome.Passed) with { Attempts = 0 })).ThenRejected("testrun.result.attempts.range");
        Running(2).When(static state => state.Record()).ThenNothing();
    }

    [Fact]
    public void An_analysis_says_where_the_rate_goes() =>
        Running(1).Given(Recorded("t1", TestOutcome.Passed, 1), new TestRunCompleted()).When(static state => state.Analyze(new PassRate(97, 100)))
            .Then(new TestRunAnalyzed(PassRateTrend.Improving, 97));

    [Fact]
    public void Reasons_of_stopping_and_cancelling_are_in_the_events()
    {
        Running(2).When(static state => state.Stop("lab on fire")).Then(new TestRunStopped("lab on fire"));
        Running(2).When(static state => state.Cancel("wrong build")).Then(new TestRunCancelled("wrong build"));
        Running(2).When(static state => state.Cancel(" ")).ThenRejected("testrun.reason.required");
    }

    private static NewTestResult Result(string id, TestOutcome outcome, decimal? duration = null) => new() { TestCaseId = id, Outcome = outcome, DurationMs = duration };

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    private static TestResultRecorded Recorded(string id, TestOutcome outcome, decimal? duration) => new(id, null, outcome, outcome == TestOutcome.Passed, duration);

    private static Life<TestRunState> Begin() => new Life<TestRunState>(new TestRunAggregate(), TestRunJson.Default).Do(static state => state.Create(New));
}
