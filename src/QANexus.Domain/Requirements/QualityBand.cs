using System.Text.Json.Serialization;
using QANexus.Domain.Words;

namespace QANexus.Domain.Requirements;

/// <summary>How a quality score is shown. It decides nothing: approval has a threshold of its own.</summary>
[JsonConverter(typeof(UpperSnakeWords<QualityBand>))]
public enum QualityBand
{
    /// <summary>Below 60.</summary>
    Low,

    /// <summary>60 and more.</summary>
    Medium,

    /// <summary>80 and more.</summary>
    High,
}
