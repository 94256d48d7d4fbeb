using System.Collections.Immutable;
using QANexus.Domain.Requirements;

namespace QANexus.ReadModels.Planning;

/// <summary>What of a requirement can be planned, or of the items that belong to none.</summary>
internal sealed record BacklogDocument
{
    /// <summary>Ended sprints with items of no requirement that are remembered.</summary>
    public const int MaxEndedSprints = 50;

    /// <summary>The requirement while it is BACKLOGGED.</summary>
    public BacklogRequirement? Requirement { get; init; }

    /// <summary>All its tasks.</summary>
    public ImmutableArray<RequirementTask> Tasks { get; init; } = [];

    /// <summary>Where sprints have its items, by sprint.</summary>
    public ImmutableSortedDictionary<string, SprintPlacement> Sprints { get; init => field = value.InOrder(); } =
        ImmutableSortedDictionary.Create<string, SprintPlacement>(StringComparer.Ordinal);

    /// <summary>How far each task has got.</summary>
    public ImmutableArray<TaskPlace> TaskPlaces => [.. Tasks.Select(task => PlaceOf(task.Id))];

    /// <summary>What no sprint has planned or done: its tasks, and items that came back from sprints.</summary>
    public ImmutableArray<UnscheduledItem> Unscheduled
    {
        get
        {
            var items = Sprints.Values.SelectMany(static sprint => sprint.Items).ToList();
            var taken = items.Where(static item => item.Place != BacklogPlace.Returned).Select(static item => item.Id).ToHashSet(StringComparer.Ordinal);
            return
            [
                .. Tasks.Select(static task => new UnscheduledItem(task.Id, task.Title, task.Type, task.Priority, task.EstimatedHours, null))
                    .Concat(items.Select(static item => new UnscheduledItem(item.Id, item.Title, item.Type, item.Priority, null, item.StoryPoints)))
                    .Where(item => !taken.Contains(item.Id)).DistinctBy(static item => item.Id, StringComparer.Ordinal),
            ];
        }
    }

    public bool IsEmpty() => Requirement is null && Tasks.IsEmpty && Sprints.IsEmpty;

    private TaskPlace PlaceOf(string task)
    {
        var kept = Sprints
            .SelectMany(sprint => sprint.Value.Items.Where(item => string.Equals(item.Id, task, StringComparison.Ordinal)).Select(item => (Sprint: sprint.Key, item.Place)))
            .Where(static at => at.Place != BacklogPlace.Returned)
            .OrderByDescending(static at => at.Place == BacklogPlace.Done)
            .Select(at => new TaskPlace(task, at.Place == BacklogPlace.Done ? TaskStatus.Done : TaskStatus.Scheduled, at.Sprint));
        return kept.FirstOrDefault() ?? new TaskPlace(task, TaskStatus.Backlog, SprintId: null);
    }
}
