using QANexus.Domain.TestRuns;

namespace QANexus.ReadModels.TestRuns;

/// <summary>What a completed run comes to, by the rules of the domain.</summary>
internal static class TestRunOutcome
{
    /// <summary>Passed of executed tests.</summary>
    public static PassRate RateOf(TestRunCompleted completed) =>
        new(completed.PassedTests, (long)completed.PassedTests + completed.FailedTests + completed.BlockedTests);

    /// <summary>Whether a release can stand on it.</summary>
    public static bool MeetsReleaseGate(TestRunCompleted completed) => !completed.Incomplete && RateOf(completed).MeetsReleaseGate;
}
