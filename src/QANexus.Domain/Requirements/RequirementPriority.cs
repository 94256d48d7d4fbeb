using System.Text.Json.Serialization;
using QANexus.Domain.Words;

namespace QANexus.Domain.Requirements;

/// <summary>How much a requirement matters; its tasks take the same words.</summary>
[JsonConverter(typeof(UpperSnakeWords<RequirementPriority>))]
public enum RequirementPriority
{
    Low,
    Medium,
    High,
    Critical,
}
