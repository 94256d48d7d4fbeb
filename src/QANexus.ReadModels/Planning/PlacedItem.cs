using QANexus.Domain.Sprints;

namespace QANexus.ReadModels.Planning;

/// <summary>An item of a sprint, as the backlog sees it.</summary>
internal sealed record PlacedItem(
    string Id, string Title, int StoryPoints, SprintItemPriority Priority, SprintItemType Type, string? RequirementId, BacklogPlace Place);
