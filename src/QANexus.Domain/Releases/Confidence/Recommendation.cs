using System.Text.Json.Serialization;
using QANexus.Domain.Words;

namespace QANexus.Domain.Releases.Confidence;

/// <summary>What would raise a score.</summary>
[JsonConverter(typeof(UpperSnakeWords<Recommendation>))]
public enum Recommendation
{
    RaisePassRate,
    FixRemainingBugs,
    CompleteRequirements,
    AddressSecurity,

    /// <summary>Every pillar is at its target.</summary>
    NothingToImprove,
}
