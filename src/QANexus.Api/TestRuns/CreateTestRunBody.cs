using QANexus.Domain.TestRuns;

namespace QANexus.Api.TestRuns;

/// <summary>A test run to be made, and started at once where that is asked.</summary>
internal sealed record CreateTestRunBody
{
    public string? Id { get; set; }

    public string? Name { get; set; }

    public required int ExpectedTestCount { get; init; }

    public string? SprintId { get; set; }

    public string? ReleaseId { get; set; }

    public string? TestSuiteId { get; set; }

    public bool Start { get; set; }

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
