namespace QANexus.Api.TestRuns;

/// <summary>How a run is completed.</summary>
internal sealed record CompleteTestRunBody
{
    /// <summary>Although results are missing.</summary>
    public bool Incomplete { get; set; }
}
