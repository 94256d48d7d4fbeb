namespace QANexus.Domain.Sprints;

/// <summary>An item that is to come into a sprint.</summary>
public sealed record NewSprintItem
{
    public required string Id { get; init; }

    public required string Title { get; init; }

    public required int StoryPoints { get; init; }

    public SprintItemPriority Priority { get; init; } = SprintItemPriority.Medium;

    public SprintItemType Type { get; init; } = SprintItemType.Task;

    public string? RequirementId { get; init; }

    public string? AssigneeId { get; init; }

    /// <summary>The quality of its requirement when it was planned, 0 to 100, with at most four decimals.</summary>
    public decimal? RqsScore { get; init; }

    internal ItemAddedToSprint ToEvent() => new(Id, Title, StoryPoints, Priority, Type, RequirementId, AssigneeId, RqsScore);
}
