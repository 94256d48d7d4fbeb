using System.Collections.Immutable;
using QANexus.Domain.Sprints;

namespace QANexus.ReadModels.Sprints;

/// <summary>A lane of the board.</summary>
/// <param name="Status">Which.</param>
/// <param name="ItemIds">What is in it, in the order in which it came into the sprint.</param>
/// <param name="StoryPoints">Of all items in it.</param>
internal sealed record SprintLane(SprintItemStatus Status, ImmutableArray<string> ItemIds, long StoryPoints)
{
    /// <summary>How many items.</summary>
    public int Count => ItemIds.Length;
}
