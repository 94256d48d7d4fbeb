using QANexus.Domain.Aggregates;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Snapshots;

namespace QANexus.Domain.TestRuns;

/// <summary>How a test run follows from its events.</summary>
public sealed class TestRunAggregate : QAAggregate<TestRunState>
{
    public const string TypeName = "TestRun";

    public TestRunAggregate()
        : base(TypeName, TestRunState.Initial, TestRunJson.Default.TestRunState)
    {
        On(TestRunJson.Default.TestRunCreated, new(), static (_, created, e) => new TestRunState
        {
            Id = e.Stream.AggregateId.Value,
            Name = created.Name,
            SprintId = created.SprintId,
            ReleaseId = created.ReleaseId,
            TestSuiteId = created.TestSuiteId,
            ReportKey = created.ReportKey,
            ExpectedTestCount = created.ExpectedTestCount,
            CreatedBy = created.CreatedBy ?? e.Origin.Actor,
            CreatedAt = e.OccurredAt,
        });
        On(TestRunJson.Default.TestRunStarted, new(), static (state, _, e) => Moved(state, TestRunStatus.Running, e) with { StartedAt = e.OccurredAt });
        On(TestRunJson.Default.TestResultRecorded, new(), static (state, recorded, e) => Recorded(Touched(state, e), ToResult(recorded, e)));
        On(TestRunJson.Default.TestRunCompleted, new(), static (state, completed, e) => Moved(state, TestRunStatus.Completed, e) with
        {
            CompletedAt = e.OccurredAt, Incomplete = completed.Incomplete || !state.HasAllResults,
        });
        On(TestRunJson.Default.TestRunStopped, new(), static (state, stopped, e) => Moved(state, TestRunStatus.Stopped, e) with
        {
            CompletedAt = e.OccurredAt, StatusReason = stopped.Reason, Incomplete = true,
        });
        On(TestRunJson.Default.TestRunCancelled, new(), static (state, cancelled, e) => Moved(state, TestRunStatus.Cancelled, e) with
        {
            CompletedAt = state.CompletedAt ?? e.OccurredAt, StatusReason = cancelled.Reason,
        });
        On(TestRunJson.Default.TestRunAnalyzed, new(), static (state, analyzed, e) => Moved(state, TestRunStatus.Analyzed, e) with { Trend = analyzed.Trend });
        OnOthers(static (state, e) => state.Exists ? state : Touched(state, e));
    }

    /// <summary>The state is about as large as its events, and a document of that size costs more to read than a page of a query.</summary>
    public override ISnapshotPolicy Snapshots => SnapshotPolicy.OnDemand;

    private static TestRunState Moved(TestRunState state, TestRunStatus status, RecordedEvent e) => Touched(state, e) with { Status = status };

    private static TestRunState Touched(TestRunState state, RecordedEvent e) => state with
    {
        Id = e.Stream.AggregateId.Value, CreatedAt = state.CreatedAt ?? e.OccurredAt,
    };

    /// <summary>A result whose data are gone still counts as one, of a case that nobody knows and that did not pass.</summary>
    private static TestResult ToResult(TestResultRecorded recorded, RecordedEvent e) => new()
    {
        TestCaseId = e.Redaction is null ? recorded.TestCaseId : FormattableString.Invariant($"redacted-{e.Version}"),
        Name = recorded.Name,
        Outcome = recorded.Outcome ?? (recorded.Passed ? TestOutcome.Passed : e.Redaction is null ? TestOutcome.Failed : TestOutcome.Blocked),
        Errored = recorded.Errored,
        DurationMs = recorded.DurationMs is { } duration ? Math.Clamp(duration, 0, NewTestResult.LongestMs) : null,
        ErrorMessage = recorded.ErrorMessage,
        Attempts = recorded.Attempts,
    };

    /// <summary>The last result of a case wins: the earlier one is taken out of every sum.</summary>
    private static TestRunState Recorded(TestRunState state, TestResult result) =>
        state.Count(state.TestResults.Find(result.TestCaseId), -1).Count(result, 1) with { TestResults = state.TestResults.With(result) };
}
