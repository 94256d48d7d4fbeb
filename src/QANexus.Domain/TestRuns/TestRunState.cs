using System.Text.Json.Serialization;
using QANexus.Domain.Arithmetic;

namespace QANexus.Domain.TestRuns;

/// <summary>A test run.</summary>
public sealed record TestRunState
{
    public static TestRunState Initial { get; } = new();

    /// <summary>Nothing before the first event.</summary>
    public string? Id { get; init; }

    public string? Name { get; init; }

    public string? SprintId { get; init; }

    public string? ReleaseId { get; init; }

    public string? TestSuiteId { get; init; }

    /// <summary>The content key of the report that it was imported from.</summary>
    public string? ReportKey { get; init; }

    public TestRunStatus Status { get; init; }

    public int ExpectedTestCount { get; init; }

    public int PassedTests { get; init; }

    public int FailedTests { get; init; }

    public int BlockedTests { get; init; }

    public int SkippedTests { get; init; }

    /// <summary>Those of the failed in which the test itself broke.</summary>
    public int ErroredTests { get; init; }

    /// <summary>Those of the passed that did not pass at once.</summary>
    public int FlakyTests { get; init; }

    public decimal TotalDurationMs { get; init; }

    public TestResultCollection TestResults { get; init; } = TestResultCollection.None;

    /// <summary>It ended without results for all expected tests.</summary>
    public bool Incomplete { get; init; }

    public string? StatusReason { get; init; }

    public PassRateTrend? Trend { get; init; }

    public string? CreatedBy { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    [JsonIgnore]
    public bool Exists => Id is not null;

    /// <summary>Exact: passed of executed tests.</summary>
    [JsonIgnore]
    public PassRate Rate => new(PassedTests, ExecutedTests);

    /// <summary>Passed, failed and blocked ones: a skipped test was not executed.</summary>
    [JsonIgnore]
    public int ExecutedTests => PassedTests + FailedTests + BlockedTests;

    /// <summary>In whole percent, for display.</summary>
    public int PassRate => Rate.Percent;

    /// <summary>Nothing before a test was executed.</summary>
    public PassRateBand? PassRateStatus => ExecutedTests == 0 ? null : Rate.Band;

    /// <summary>Every expected test has a result, a skipped one too.</summary>
    [JsonIgnore]
    public bool HasAllResults => TestResults.Count >= ExpectedTestCount;

    /// <summary>The evidence that a release can stand on: a run that ended complete, and a rate that is high enough.</summary>
    [JsonIgnore]
    public bool MeetsReleaseGate => Status is TestRunStatus.Completed or TestRunStatus.Analyzed && !Incomplete && Rate.MeetsReleaseGate;

    /// <summary>Of the executed tests, rounded; 0 where there are none.</summary>
    [JsonIgnore]
    public decimal AverageDurationMs => ExecutedTests == 0 ? 0 : Rounded.HalfUp(TotalDurationMs / ExecutedTests);

    /// <summary>With a result more, or with one taken out again.</summary>
    internal TestRunState Count(TestResult? result, int count) => result is null ? this : this with
    {
        PassedTests = PassedTests + (result.Outcome == TestOutcome.Passed ? count : 0),
        FailedTests = FailedTests + (result.Outcome == TestOutcome.Failed ? count : 0),
        BlockedTests = BlockedTests + (result.Outcome == TestOutcome.Blocked ? count : 0),
        SkippedTests = SkippedTests + (result.Outcome == TestOutcome.Skipped ? count : 0),
        ErroredTests = ErroredTests + (result.Errored ? count : 0),
        FlakyTests = FlakyTests + (result is { Outcome: TestOutcome.Passed, Attempts: > 1 } ? count : 0),
        TotalDurationMs = TotalDurationMs + (count * (result.DurationMs ?? 0)),
    };
}
