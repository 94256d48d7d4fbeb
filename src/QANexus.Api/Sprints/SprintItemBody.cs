using QANexus.Domain.Sprints;

namespace QANexus.Api.Sprints;

/// <summary>An item that is to come into a sprint.</summary>
internal sealed record SprintItemBody
{
    /// <summary>Unique in the sprint; its place or the request's key names it where nothing is said.</summary>
    public string? Id { get; set; }

    public required string Title { get; init; }

    public required int StoryPoints { get; init; }

    public SprintItemPriority Priority { get; set; } = SprintItemPriority.Medium;

    public SprintItemType Type { get; set; } = SprintItemType.Task;

    public string? RequirementId { get; set; }

    public string? AssigneeId { get; set; }

    /// <summary>The quality of its requirement, 0 to 100.</summary>
    public decimal? RqsScore { get; set; }

    /// <param name="unnamed">The id of an item that has none.</param>
    public NewSprintItem ToItem(string unnamed) => new()
    {
        Id = Id ?? unnamed,
        Title = Title,
        StoryPoints = StoryPoints,
        Priority = Priority,
        Type = Type,
        RequirementId = RequirementId,
        AssigneeId = AssigneeId,
        RqsScore = RqsScore,
    };
}
