using System.Text.Json.Serialization;
using QANexus.Domain.Words;

namespace QANexus.Domain.Sprints;

/// <summary>What to do with a capacity.</summary>
[JsonConverter(typeof(UpperSnakeWords<CapacityAdvice>))]
public enum CapacityAdvice
{
    None,

    /// <summary>To at least <see cref="SprintCapacity.ReasonableFrom"/>.</summary>
    Raise,

    /// <summary>To <see cref="SprintCapacity.ReasonableTo"/>.</summary>
    Limit,
}
