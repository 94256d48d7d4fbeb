using System.Text.Json.Serialization;
using QANexus.Domain.Arithmetic;

namespace QANexus.Domain.TestRuns;

/// <summary>A test run.</summary>
public sealed record TestRunState
{
    public static TestRunState Initial { get; } = new();

    /// <summary>Nothing before the first event.</summary>
    public string? Id { get; init; }

    public string? Name { get; init; }

    public string? SprintId { get; init; }

    public string? ReleaseId { get; init; }

    public string? TestSuiteId { get; init; }

    /// <summary>The content key of the report that it was imported from.</summary>
    public string? ReportKey { get; init; }

    public TestRunStatus Status { get; init; }

    public int ExpectedTestCount { get; init; }

    public TestCounts Counts { get; init; } = new();

    public decimal TotalDurationMs { get; init; }

    public TestResultCollection TestResults { get; init; } = TestResultCollection.None;

    /// <summary>It ended without results for all expected tests.</summary>
    public bool Incomplete { get; init; }

    public string? StatusReason { get; init; }

    public PassRateTrend? Trend { get; init; }

    public string? CreatedBy { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    [JsonIgnore]
    public bool Exists => Id is not null;

    /// <summary>Exact.</summary>
    [JsonIgnore]
    public PassRate PassRate => new(Counts.Passed, Counts.Executed);

    /// <summary>Every expected test has a result, a skipped one too.</summary>
    [JsonIgnore]
    public bool HasAllResults => Counts.Total >= ExpectedTestCount;

    /// <summary>The evidence that a release can stand on: a run that ended complete, and a rate that is high enough.</summary>
    [JsonIgnore]
    public bool MeetsReleaseGate => Status is TestRunStatus.Completed or TestRunStatus.Analyzed && !Incomplete && PassRate.MeetsReleaseGate;

    /// <summary>Of the executed tests, rounded; 0 where there are none.</summary>
    [JsonIgnore]
    public decimal AverageDurationMs => Counts.Executed == 0 ? 0 : Rounded.HalfUp(TotalDurationMs / Counts.Executed);
}
