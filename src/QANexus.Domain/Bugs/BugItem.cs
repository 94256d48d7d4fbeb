using QANexus.Domain.Sprints;

namespace QANexus.Domain.Bugs;

/// <summary>What a bug is on the board of a sprint.</summary>
public static class BugItem
{
    /// <summary>An item with the bug's own id, so that it is there once; the graver of severity and priority says how it ranks.</summary>
    public static NewSprintItem For(string id, BugState bug) => new()
    {
        Id = id,
        Title = string.IsNullOrWhiteSpace(bug.Title) ? $"Bug {id}" : bug.Title,
        StoryPoints = 0,
        Priority = PriorityOf(bug.Severity, bug.Priority),
        Type = SprintItemType.Bug,
        RequirementId = bug.LinkedRequirementId,
        AssigneeId = bug.AssignedTo,
    };

    private static SprintItemPriority PriorityOf(BugSeverity? severity, BugPriority? priority) =>
        severity == BugSeverity.Critical || priority == BugPriority.P0 ? SprintItemPriority.Critical
        : severity == BugSeverity.High || priority == BugPriority.P1 ? SprintItemPriority.High
        : severity == BugSeverity.Medium || priority == BugPriority.P2 ? SprintItemPriority.Medium
        : SprintItemPriority.Low;
}
