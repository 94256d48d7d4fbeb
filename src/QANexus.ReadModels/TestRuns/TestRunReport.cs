using System.Collections.Immutable;
using QANexus.Domain.TestRuns;

namespace QANexus.ReadModels.TestRuns;

/// <summary>How a test run ended.</summary>
/// <param name="TestRunId">Which run.</param>
/// <param name="CompletedAt">When it ended.</param>
/// <param name="Passed">Tests that passed.</param>
/// <param name="Failed">Tests that failed, broken ones included.</param>
/// <param name="Blocked">Tests that could not be carried out.</param>
/// <param name="Skipped">Tests that were left out.</param>
/// <param name="Expected">Tests that there were to be.</param>
/// <param name="PassRate">Whole percent of the executed tests, for display.</param>
/// <param name="Band">How that is shown; nothing where no test was executed.</param>
/// <param name="MeetsReleaseGate">Every expected test has a result and at least 80 % of the executed ones passed, exactly.</param>
/// <param name="Incomplete">Expected tests have no result.</param>
/// <param name="DurationMs">The sum of the tests' durations.</param>
/// <param name="FailedTestCaseIds">The first 100 that failed.</param>
/// <param name="SprintId">The sprint that it belongs to.</param>
/// <param name="ReleaseId">The release that it speaks for.</param>
internal sealed record TestRunReport(
    string TestRunId, DateTimeOffset CompletedAt, int Passed, int Failed, int Blocked, int Skipped, int Expected, int PassRate, PassRateBand? Band,
    bool MeetsReleaseGate, bool Incomplete, decimal DurationMs, ImmutableArray<string> FailedTestCaseIds, string? SprintId, string? ReleaseId);
