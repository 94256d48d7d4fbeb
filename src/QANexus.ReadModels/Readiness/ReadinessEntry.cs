using QANexus.Domain.Requirements;

namespace QANexus.ReadModels.Readiness;

/// <summary>What one stream says about the readiness of releases: a bug, a requirement, or a test run that ended.</summary>
public sealed record ReadinessEntry
{
    /// <summary>Of a bug's stream.</summary>
    public BugFact? Bug { get; init; }

    /// <summary>Of a requirement's stream.</summary>
    public RequirementStatus? Requirement { get; init; }

    /// <summary>Of a test run's stream.</summary>
    public TestRunFact? TestRun { get; init; }

    /// <summary>The release that the test run is linked to.</summary>
    public string? ReleaseId { get; init; }
}
