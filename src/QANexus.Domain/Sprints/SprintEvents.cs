using System.Collections.Immutable;
using QANexus.Domain.Json;

namespace QANexus.Domain.Sprints;

/// <summary>A sprint was planned.</summary>
public sealed record SprintCreated(
    string SprintName = "", int Capacity = SprintCapacity.ReasonableFrom, DateTimeOffset? StartDate = null, DateTimeOffset? EndDate = null, string? Description = null);

/// <summary>An item came into the sprint, to the lane TODO.</summary>
public sealed record ItemAddedToSprint(
    string ItemId = "",
    string ItemTitle = "",
    int StoryPoints = 0,
    SprintItemPriority Priority = SprintItemPriority.Medium,
    SprintItemType Type = SprintItemType.Task,
    string? RequirementId = null,
    string? AssigneeId = null,
    decimal? RqsScore = null);

/// <summary>An item left the sprint.</summary>
public sealed record ItemRemovedFromSprint(string ItemId = "", int StoryPoints = 0);

/// <summary>An item went to another lane.</summary>
public sealed record ItemStatusChanged(
    string ItemId = "", SprintItemStatus From = SprintItemStatus.Todo, SprintItemStatus To = SprintItemStatus.Todo, int StoryPoints = 0);

/// <summary>Work began.</summary>
/// <param name="MemberIds">Who has items in it, by the order of the items; the first <see cref="SprintDecisions.MaxNamedMembers"/> of them.</param>
public sealed record SprintStarted(int ItemCount = 0, long TotalStoryPoints = 0, ImmutableArray<string> MemberIds = default)
{
    public ImmutableArray<string> MemberIds { get; init; } = MemberIds.OrEmpty();
}

/// <summary>Work ended; the figures follow from the items.</summary>
/// <param name="CompletionPercentage">Of the story points, rounded; 0 where there are none.</param>
/// <param name="Velocity">The completed points.</param>
/// <param name="UnfinishedItemIds">What did not get done.</param>
public sealed record SprintCompleted(
    int TotalItems = 0,
    int CompletedItems = 0,
    long TotalStoryPoints = 0,
    long CompletedStoryPoints = 0,
    int CompletionPercentage = 0,
    long Velocity = 0,
    ImmutableArray<string> UnfinishedItemIds = default)
{
    public ImmutableArray<string> UnfinishedItemIds { get; init; } = UnfinishedItemIds.OrEmpty();
}

/// <summary>It was given up; what was not done went back to the backlog.</summary>
public sealed record SprintCancelled(string? Reason = null, ImmutableArray<string> ReturnedItemIds = default)
{
    public ImmutableArray<string> ReturnedItemIds { get; init; } = ReturnedItemIds.OrEmpty();
}
