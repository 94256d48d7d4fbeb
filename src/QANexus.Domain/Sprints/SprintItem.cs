namespace QANexus.Domain.Sprints;

/// <summary>A piece of work in a sprint.</summary>
public sealed record SprintItem
{
    public required string Id { get; init; }

    public string Title { get; init; } = string.Empty;

    public int StoryPoints { get; init; }

    public SprintItemStatus Status { get; init; }

    public SprintItemPriority Priority { get; init; }

    public SprintItemType Type { get; init; }

    public string? RequirementId { get; init; }

    public string? AssigneeId { get; init; }

    /// <summary>The quality of its requirement when it was planned, 0 to 100.</summary>
    public decimal? RqsScore { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }
}
