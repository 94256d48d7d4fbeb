using System.Text.Json.Serialization;
using QANexus.Domain.Words;

namespace QANexus.Domain.Releases.Confidence;

/// <summary>What a score says.</summary>
[JsonConverter(typeof(UpperSnakeWords<ReadinessStatus>))]
public enum ReadinessStatus
{
    Ready,
    Warning,
    Blocked,
}
