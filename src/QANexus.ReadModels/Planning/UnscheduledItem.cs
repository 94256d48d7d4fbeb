using QANexus.Domain.Sprints;

namespace QANexus.ReadModels.Planning;

/// <summary>Something that a sprint could take.</summary>
/// <param name="EstimatedHours">Of a task.</param>
/// <param name="StoryPoints">Of an item that was in a sprint.</param>
internal sealed record UnscheduledItem(string Id, string Title, SprintItemType Type, SprintItemPriority Priority, int? EstimatedHours, int? StoryPoints);
