using System.Text.Json.Serialization;
using QANexus.Domain.Words;

namespace QANexus.Domain.Sprints;

/// <summary>Where the velocity goes.</summary>
[JsonConverter(typeof(UpperSnakeWords<VelocityDirection>))]
public enum VelocityDirection
{
    Stable,
    Increasing,
    Decreasing,
}
