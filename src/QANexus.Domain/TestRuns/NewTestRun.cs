using QANexus.Domain.Rules;

namespace QANexus.Domain.TestRuns;

/// <summary>What a test run begins with.</summary>
public sealed record NewTestRun
{
    public required int ExpectedTestCount { get; init; }

    public string? Name { get; init; }

    public string? SprintId { get; init; }

    public string? ReleaseId { get; init; }

    public string? TestSuiteId { get; init; }

    public required string CreatedBy { get; init; }

    /// <summary>The content key of the report that it is imported from. An imported run may be empty: that nothing ran is worth knowing.</summary>
    public string? ReportKey { get; init; }

    /// <summary>It begins at once.</summary>
    public bool Starts { get; init; }

    /// <summary><c>testrun.count.invalid</c>.</summary>
    public RuleViolation? FindViolation() => ExpectedTestCount > 0 || (ExpectedTestCount == 0 && ReportKey is not null)
        ? null
        : new RuleViolation("testrun.count.invalid", "A test run expects at least one test.");
}
