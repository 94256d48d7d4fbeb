using System.Text.Json.Serialization;

namespace QANexus.Domain.TestRuns;

/// <summary>Results by outcome.</summary>
/// <param name="Errored">Those of the failed in which the test itself broke.</param>
/// <param name="Flaky">Those of the passed that did not pass at once.</param>
public sealed record TestCounts(int Passed = 0, int Failed = 0, int Blocked = 0, int Skipped = 0, int Errored = 0, int Flaky = 0)
{
    /// <summary>A skipped test was not executed.</summary>
    [JsonIgnore]
    public int Executed => Passed + Failed + Blocked;

    [JsonIgnore]
    public int Total => Executed + Skipped;

    internal TestCounts With(TestResult? result, int count) => result is null ? this : new(
        Passed + (result.Outcome == TestOutcome.Passed ? count : 0),
        Failed + (result.Outcome == TestOutcome.Failed ? count : 0),
        Blocked + (result.Outcome == TestOutcome.Blocked ? count : 0),
        Skipped + (result.Outcome == TestOutcome.Skipped ? count : 0),
        Errored + (result.Errored ? count : 0),
        Flaky + (result is { Outcome: TestOutcome.Passed, Attempts: > 1 } ? count : 0));
}
