namespace QANexus.Domain.TestRuns;

/// <summary>The last result of a test case in a run.</summary>
public sealed record TestResult
{
    public required string TestCaseId { get; init; }

    public string? Name { get; init; }

    public required TestOutcome Outcome { get; init; }

    public bool Passed => Outcome == TestOutcome.Passed;

    /// <summary>A failure of the test itself, not of what it tests.</summary>
    public bool Errored { get; init; }

    public decimal? DurationMs { get; init; }

    public string? ErrorMessage { get; init; }

    public int Attempts { get; init; } = 1;
}
