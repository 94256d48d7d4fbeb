using System.Collections.Immutable;
using QANexus.Domain.TestRuns;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Subscriptions;

namespace QANexus.ReadModels.TestRuns;

/// <summary>The view <c>test-run-list</c>: a document for each test run, <c>TestRun:{id}</c>, list row and page in one.</summary>
internal sealed class TestRunList() : AggregateView<TestRunDocument>(Name, TestRunsJson.Default.TestRunDocument, Fold)
{
    private static readonly TestRunAggregate Fold = new();

    /// <summary>The name of the view.</summary>
    public static SubscriptionName Name { get; } = SubscriptionName.Parse("test-run-list");

    /// <inheritdoc/>
    protected override TestRunDocument Apply(TestRunDocument? document, RecordedEvent e)
    {
        var before = document ?? new TestRunDocument(TestRunState.Initial, 0, []);
        var run = Fold.Evolve(before.Run, e);
        if (e.Is<TestResultRecorded>())
        {
            // The fold has been given a run without results, so what is in it now is this one.
            return new TestRunDocument(
                run with { TestResults = TestResultCollection.None }, before.Recorded + 1, Failures(before.Failures, run.TestResults.Single()));
        }

        return before with { Run = e.Is<TestRunCompleted>() ? Completed(run, e) : run };
    }

    /// <summary>The figures of the completion take the place of those that were counted.</summary>
    private static TestRunState Completed(TestRunState run, RecordedEvent e)
    {
        var completed = e.Read(TestRunJson.Default.TestRunCompleted);
        var results = completed.PassedTests + completed.FailedTests + completed.BlockedTests + completed.SkippedTests;
        return run with
        {
            PassedTests = completed.PassedTests,
            FailedTests = completed.FailedTests,
            BlockedTests = completed.BlockedTests,
            SkippedTests = completed.SkippedTests,
            ErroredTests = completed.ErroredTests ?? run.ErroredTests,
            FlakyTests = completed.FlakyTests ?? run.FlakyTests,
            TotalDurationMs = completed.DurationMs,
            Incomplete = e.Redaction is not null || completed.Incomplete || results < Math.Max(completed.ExpectedTestCount, run.ExpectedTestCount),
        };
    }

    private static ImmutableArray<TestFailure> Failures(ImmutableArray<TestFailure> before, TestResult result)
    {
        var others = before.RemoveAll(failure => string.Equals(failure.TestCaseId, result.TestCaseId, StringComparison.Ordinal));
        return result.Outcome is TestOutcome.Failed or TestOutcome.Blocked && others.Length < TestRunDocument.MaxFailures
            ? others.Add(new TestFailure(
                result.TestCaseId, result.Name, result.Outcome, result.ErrorMessage is { } message ? Shortened.To(message, TestFailure.MaxMessage) : null))
            : others;
    }
}
