using System.Text.Json.Serialization;
using QANexus.Domain.Words;

namespace QANexus.Domain.Sprints;

/// <summary>Where a sprint is in its life.</summary>
[JsonConverter(typeof(UpperSnakeWords<SprintStatus>))]
public enum SprintStatus
{
    Planned,
    Active,
    Completed,
    Cancelled,
}
