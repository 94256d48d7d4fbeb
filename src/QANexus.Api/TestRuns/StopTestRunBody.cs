namespace QANexus.Api.TestRuns;

/// <summary>Why a run is stopped.</summary>
internal sealed record StopTestRunBody
{
    public string? Reason { get; set; }
}
