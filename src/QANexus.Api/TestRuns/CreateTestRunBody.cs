using QANexus.Domain.TestRuns;

namespace QANexus.Api.TestRuns;

/// <summary>A test run to be made, and started at once where that is asked.</summary>
internal sealed record CreateTestRunBody
{
    public string? Id { get; init; }

    public string? Name { get; init; }

    public required int ExpectedTestCount { get; init; }

    public string? SprintId { get; init; }

    public string? ReleaseId { get; init; }

    public string? TestSuiteId { get; init; }

    public bool Start { get; init; }

    public NewTestRun ToRun(string caller) => new()
    {
        Name = Name,
        ExpectedTestCount = ExpectedTestCount,
        SprintId = SprintId,
        ReleaseId = ReleaseId,
        TestSuiteId = TestSuiteId,
        CreatedBy = caller,
        Starts = Start,
    };
}
