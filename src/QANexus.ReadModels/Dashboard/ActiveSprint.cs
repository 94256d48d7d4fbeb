using System.Collections.Immutable;

namespace QANexus.ReadModels.Dashboard;

/// <summary>A sprint that is ACTIVE at a glance; how it goes is in the view <c>sprint-board</c>, under <c>Sprint:{id}</c>.</summary>
/// <param name="Id">The sprint's id.</param>
/// <param name="Name">Its name; empty where that was redacted.</param>
/// <param name="StartedAt">When work began in truth.</param>
/// <param name="ItemCount">Items that it began with.</param>
/// <param name="TotalStoryPoints">Their story points.</param>
/// <param name="StartDate">When it was to begin.</param>
/// <param name="EndDate">When it is to end.</param>
internal sealed record ActiveSprint(
    string Id, string Name, DateTimeOffset StartedAt, int ItemCount, long TotalStoryPoints, DateTimeOffset? StartDate, DateTimeOffset? EndDate)
{
    /// <summary>Sprints that are shown.</summary>
    public const int MaxShown = 3;

    /// <summary>With a sprint in the place of what it was.</summary>
    public static ImmutableArray<ActiveSprint> Replace(ImmutableArray<ActiveSprint> shown, string id, SprintEntry? now)
    {
        var others = shown.Where(sprint => !string.Equals(sprint.Id, id, StringComparison.Ordinal));
        return
        [
            .. (now is { StartedAt: { } startedAt }
                ? others.Append(new ActiveSprint(id, now.Name, startedAt, now.ItemCount, now.TotalStoryPoints, now.StartDate, now.EndDate))
                : others)
                .OrderByDescending(static sprint => sprint.StartedAt).ThenByDescending(static sprint => sprint.Id, StringComparer.Ordinal).Take(MaxShown),
        ];
    }
}
