namespace QANexus.Domain.TestRuns;

/// <summary>What a tenant asks of test runs.</summary>
public sealed record TestRunPolicy
{
    public static TestRunPolicy Default { get; } = new();

    /// <summary>Whether a bug is reported for every test that failed when its run is completed.</summary>
    public bool ReportsFailedTests { get; init; }
}
