using System.Text.Json.Serialization;
using QANexus.Domain.Words;

namespace QANexus.Domain.TestRuns;

/// <summary>A pass rate against the one before.</summary>
[JsonConverter(typeof(UpperSnakeWords<PassRateTrend>))]
public enum PassRateTrend
{
    Stable,
    Improving,
    Declining,
}
