using System.Text.Json.Serialization;
using QANexus.Domain.Words;

namespace QANexus.Domain.Sprints;

/// <summary>How much an item matters: the words of requirements, so that a high requirement makes a high item.</summary>
[JsonConverter(typeof(UpperSnakeWords<SprintItemPriority>))]
public enum SprintItemPriority
{
    Low,
    Medium,
    High,
    Critical,
}
