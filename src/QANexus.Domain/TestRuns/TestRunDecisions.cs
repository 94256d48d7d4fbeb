using QANexus.Domain.Aggregates;
using QANexus.Domain.Arithmetic;
using QANexus.Domain.Rules;
using QANexus.Domain.Words;
using QANexus.EventStore.Aggregates;

namespace QANexus.Domain.TestRuns;

/// <summary>What a test run makes of commands.</summary>
public static class TestRunDecisions
{
    /// <summary>Failed cases that a completion names; how many there are it always says.</summary>
    public const int MaxNamedFailures = 1_000;

    private const string Transition = "testrun.transition";

    public static Decision Create(this TestRunState state, NewTestRun run) =>
        state.Exists ? Refuse.Exists("testrun")
        : run.FindViolation() is { } violation ? Refuse.Because(violation)
        : Decision.Raise(
        [
            new TestRunCreated(run.ExpectedTestCount, run.Name, run.SprintId, run.ReleaseId, run.TestSuiteId, run.CreatedBy, run.ReportKey),
            .. run.Starts ? [new TestRunStarted(run.ExpectedTestCount)] : Array.Empty<object>(),
        ]);

    public static Decision Start(this TestRunState state) =>
        Step(state, TestRunStatus.Running) ?? Decision.Raise(new TestRunStarted(state.ExpectedTestCount));

    /// <summary>Results are recorded while the run is RUNNING, all of them or none; the last result of a case wins.</summary>
    public static Decision Record(this TestRunState state, params IReadOnlyList<NewTestResult> results) =>
        state.Status != TestRunStatus.Running
            ? Decision.Forbids(
                TestRunLife.Table.IsTerminal(state.Status) ? "testrun.terminal" : Transition,
                $"Results are recorded while a run is RUNNING; this one is {Word.Of(state.Status)}.")
        : results.Select(static result => result.FindViolation()).FirstOrDefault(static violation => violation is not null) is { } wrong ? Refuse.Because(wrong)
        : Decision.Raise([.. results.Select(static result => result.ToEvent())]);

    /// <summary>A run without all its results is completed only by saying so, and never passes a gate.</summary>
    public static Decision Complete(this TestRunState state, bool incomplete = false) => Complete(
        state, incomplete, state.TestResults.Count,
        state.TestResults.Where(static result => result.Outcome == TestOutcome.Failed).Select(static result => result.TestCaseId));

    /// <summary>The same of a run whose results are known without being held.</summary>
    internal static Decision Complete(TestRunState state, bool incomplete, int recorded, IEnumerable<string> failed) =>
        Step(state, TestRunStatus.Completed)
        ?? (recorded < state.ExpectedTestCount && !incomplete
            ? Decision.Violates("testrun.incomplete", FormattableString.Invariant(
                $"{recorded} of {state.ExpectedTestCount} expected tests have a result; complete the run as incomplete, or record the rest."))
            : Decision.Raise(new TestRunCompleted(
                state.PassedTests,
                state.FailedTests,
                state.BlockedTests,
                state.SkippedTests,
                state.ExpectedTestCount,
                state.PassRate,
                Rounded.Portable(state.TotalDurationMs),
                incomplete || recorded < state.ExpectedTestCount,
                [.. failed.Take(MaxNamedFailures)],
                state.SprintId,
                state.ReleaseId,
                state.ErroredTests,
                state.FlakyTests)));

    public static Decision Stop(this TestRunState state, string? reason) => Step(state, TestRunStatus.Stopped) ?? Decision.Raise(new TestRunStopped(reason));

    public static Decision Cancel(this TestRunState state, string reason) =>
        Text.Require(reason, "testrun.reason.required", "The reason") is { } violation ? Refuse.Because(violation)
        : Step(state, TestRunStatus.Cancelled) ?? Decision.Raise(new TestRunCancelled(reason));

    /// <param name="previous">The rate of the run before, if there was one.</param>
    public static Decision Analyze(this TestRunState state, PassRate? previous) =>
        Step(state, TestRunStatus.Analyzed)
        ?? Decision.Raise(new TestRunAnalyzed(previous is { } before ? state.Rate.TrendSince(before) : PassRateTrend.Stable, previous?.Percent));

    private static Decision? Step(TestRunState state, TestRunStatus to) => Refuse.Step(TestRunLife.Table, state.Status, to, Transition);
}
