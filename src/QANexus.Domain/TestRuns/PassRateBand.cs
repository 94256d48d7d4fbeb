using System.Text.Json.Serialization;
using QANexus.Domain.Words;

namespace QANexus.Domain.TestRuns;

/// <summary>How a pass rate is shown.</summary>
[JsonConverter(typeof(UpperSnakeWords<PassRateBand>))]
public enum PassRateBand
{
    /// <summary>Below 50 %.</summary>
    Critical,

    /// <summary>50 % and more.</summary>
    NeedsAttention,

    /// <summary>75 % and more.</summary>
    Acceptable,

    /// <summary>85 % and more.</summary>
    Good,

    /// <summary>95 % and more.</summary>
    Excellent,
}
