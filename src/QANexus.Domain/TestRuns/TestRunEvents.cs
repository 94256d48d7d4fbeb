using System.Collections.Immutable;
using QANexus.Domain.Json;

namespace QANexus.Domain.TestRuns;

/// <summary>A run was set up.</summary>
/// <param name="ReportKey">The content key of the report that it was imported from.</param>
public sealed record TestRunCreated(
    int ExpectedTestCount = 0,
    string? Name = null,
    string? SprintId = null,
    string? ReleaseId = null,
    string? TestSuiteId = null,
    string? CreatedBy = null,
    string? ReportKey = null);

/// <summary>Tests are running.</summary>
public sealed record TestRunStarted(int ExpectedTestCount = 0);

/// <summary>One test ended.</summary>
/// <param name="Passed">The same as <paramref name="Outcome"/>, for readers that know no more.</param>
/// <param name="Errored">A failure of the test itself, not of what it tests.</param>
/// <param name="Attempts">How often it was tried.</param>
public sealed record TestResultRecorded(
    string TestCaseId = "",
    string? Name = null,
    TestOutcome? Outcome = null,
    bool Passed = false,
    decimal? DurationMs = null,
    string? ErrorMessage = null,
    bool Errored = false,
    int Attempts = 1,
    string? Suite = null);

/// <summary>The run is over.</summary>
/// <param name="PassRate">Whole percent of the executed tests, for display.</param>
/// <param name="DurationMs">The sum of the tests' durations.</param>
/// <param name="Incomplete">Tests that were expected have no result.</param>
/// <param name="FailedTestCaseIds">The first 1,000 of them.</param>
/// <param name="ErroredTests">Those of the failed that broke themselves; null where whoever appended the event did not say.</param>
/// <param name="FlakyTests">Those of the passed that did not pass at once; null as before.</param>
public sealed record TestRunCompleted(
    int PassedTests = 0,
    int FailedTests = 0,
    int BlockedTests = 0,
    int SkippedTests = 0,
    int ExpectedTestCount = 0,
    int PassRate = 0,
    decimal DurationMs = 0,
    bool Incomplete = false,
    ImmutableArray<string> FailedTestCaseIds = default,
    string? SprintId = null,
    string? ReleaseId = null,
    int? ErroredTests = null,
    int? FlakyTests = null)
{
    public ImmutableArray<string> FailedTestCaseIds { get; init; } = FailedTestCaseIds.OrEmpty();
}

/// <summary>Somebody stopped it.</summary>
public sealed record TestRunStopped(string? Reason = null);

/// <summary>It does not count.</summary>
public sealed record TestRunCancelled(string? Reason = null);

/// <summary>It was compared with the run before.</summary>
public sealed record TestRunAnalyzed(PassRateTrend Trend = PassRateTrend.Stable, int? PreviousPassRate = null);
