using QANexus.Domain.Rules;

namespace QANexus.Domain.TestRuns;

/// <summary>How a test ended.</summary>
public sealed record NewTestResult
{
    private const int Decimals = 4;
    internal const decimal LongestMs = 365m * 24 * 60 * 60 * 1000;

    public required string TestCaseId { get; init; }

    public string? Name { get; init; }

    public required TestOutcome Outcome { get; init; }

    public bool Errored { get; init; }

    /// <summary>At most a year, with at most four decimals: ticks of 100 ns.</summary>
    public decimal? DurationMs { get; init; }

    public string? ErrorMessage { get; init; }

    public int Attempts { get; init; } = 1;

    public string? Suite { get; init; }

    /// <summary><c>testrun.result.case.required</c>, <c>testrun.result.duration.range</c>, <c>testrun.result.attempts.range</c>, in this order.</summary>
    public RuleViolation? FindViolation() =>
        Text.Require(TestCaseId, "testrun.result.case.required", "The test case id")
        ?? (DurationMs is { } duration && (duration is < 0 or > LongestMs || decimal.Round(duration, Decimals) != duration)
            ? new RuleViolation("testrun.result.duration.range", $"A duration is neither negative nor longer than a year, and has at most {Decimals} decimals.")
            : null)
        ?? (Attempts < 1 ? new RuleViolation("testrun.result.attempts.range", "A test is tried at least once.") : null);

    internal TestResultRecorded ToEvent() => new(
        TestCaseId, Name, Outcome, Outcome == TestOutcome.Passed, DurationMs, ErrorMessage, Errored, Attempts, Suite);
}
