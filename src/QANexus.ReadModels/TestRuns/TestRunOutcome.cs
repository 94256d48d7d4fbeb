using QANexus.Domain.TestRuns;

namespace QANexus.ReadModels.TestRuns;

/// <summary>What a completed run comes to, by the rules of the domain.</summary>
internal static class TestRunOutcome
{
    /// <summary>Passed of executed tests.</summary>
    public static PassRate RateOf(TestRunCompleted completed) =>
        new(completed.PassedTests, (long)completed.PassedTests + completed.FailedTests + completed.BlockedTests);

    /// <summary>Whether every expected test has a result, by the figures too: a client may have appended the event.</summary>
    public static bool IsComplete(TestRunCompleted completed) =>
        !completed.Incomplete
        && (long)completed.PassedTests + completed.FailedTests + completed.BlockedTests + completed.SkippedTests >= completed.ExpectedTestCount;

    /// <summary>Whether a release can stand on it.</summary>
    public static bool MeetsReleaseGate(TestRunCompleted completed) => IsComplete(completed) && RateOf(completed).MeetsReleaseGate;
}
