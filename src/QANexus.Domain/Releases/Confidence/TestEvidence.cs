using System.Text.Json.Serialization;
using QANexus.Domain.Arithmetic;

namespace QANexus.Domain.Releases.Confidence;

/// <summary>What the tests say about a release.</summary>
/// <param name="PassRate">Passed of executed tests.</param>
/// <param name="IsComplete">Whether every expected test has a result; a part of a run never passes.</param>
/// <param name="TestRunId">The run that it comes from, where it comes from one.</param>
public sealed record TestEvidence(Ratio PassRate, bool IsComplete = true, string? TestRunId = null)
{
    /// <summary>A share that is one.</summary>
    [JsonIgnore]
    public bool IsValid => PassRate.IsValid;
}
