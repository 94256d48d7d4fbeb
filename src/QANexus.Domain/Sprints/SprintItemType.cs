using System.Text.Json.Serialization;
using QANexus.Domain.Words;

namespace QANexus.Domain.Sprints;

/// <summary>What kind of work an item is.</summary>
[JsonConverter(typeof(UpperSnakeWords<SprintItemType>))]
public enum SprintItemType
{
    Task,
    Feature,
    Bug,
}
