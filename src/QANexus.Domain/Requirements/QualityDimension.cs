using System.Text.Json.Serialization;
using QANexus.Domain.Words;

namespace QANexus.Domain.Requirements;

/// <summary>What a requirement's quality is made of, in the order in which ties are settled.</summary>
[JsonConverter(typeof(UpperSnakeWords<QualityDimension>))]
public enum QualityDimension
{
    Clarity,
    Completeness,
    Testability,
    Consistency,
}
