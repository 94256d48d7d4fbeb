using System.Collections.Immutable;
using QANexus.Domain.Aggregates;
using QANexus.Domain.Rules;
using QANexus.Domain.Words;
using QANexus.EventStore.Aggregates;

namespace QANexus.Domain.Sprints;

/// <summary>What a sprint makes of commands.</summary>
public static class SprintDecisions
{
    /// <summary>Members that the start of a sprint names.</summary>
    public const int MaxNamedMembers = 50;

    /// <summary>Items of a sprint from which on it takes nothing up by itself: its board has to stay a document that can be stored.</summary>
    public const int MaxItemsToTakeUp = 500;

    private const string Transition = "sprint.transition";

    /// <summary>Plans the sprint with its items and starts it where that is asked, all of it or nothing.</summary>
    public static Decision Create(this SprintState state, NewSprint sprint)
    {
        if (state.Exists)
        {
            return Refuse.Exists("sprint");
        }

        if (sprint.FindViolation() is { } violation)
        {
            return Refuse.Because(violation);
        }

        var capacity = (int)sprint.Capacity;
        var events = new List<object> { new SprintCreated(sprint.Name, capacity, sprint.StartDate, sprint.EndDate, sprint.Description) };
        var (points, ids) = (0L, new HashSet<string>(StringComparer.Ordinal));
        foreach (var item in sprint.Items)
        {
            if (FindViolation(item, new SprintLoad(points, capacity), isKnown: !ids.Add(item.Id)) is { } wrong)
            {
                return Refuse.Because(wrong);
            }

            points += item.StoryPoints;
            events.Add(item.ToEvent());
        }

        if (sprint.Starts)
        {
            if (ids.Count == 0)
            {
                return Empty();
            }

            events.Add(new SprintStarted(ids.Count, points, MembersOf(sprint.Items.Select(static item => item.AssigneeId))));
        }

        return Decision.Raise(events);
    }

    public static Decision AddItem(this SprintState state, NewSprintItem item) =>
        state.Status != SprintStatus.Planned ? NotPlanned(state)
        : FindViolation(item, state.Load, state.Find(item.Id) is not null) is { } violation ? Refuse.Because(violation)
        : Decision.Raise(item.ToEvent());

    /// <summary>
    /// Takes up what came to light while the sprint is ACTIVE. It has no story points, so that the commitment stays what it was; what is in the sprint
    /// already is not taken up twice but goes back to TODO where it was DONE, and a sprint of <see cref="MaxItemsToTakeUp"/> items takes nothing more up.
    /// </summary>
    /// <param name="state">The sprint.</param>
    /// <param name="item">What it is.</param>
    /// <param name="at">When it came to light: what did so before the start was there to be planned.</param>
    public static Decision TakeUp(this SprintState state, NewSprintItem item, DateTimeOffset at) =>
        state.Status != SprintStatus.Active || at < state.StartedAt ? Decision.Nothing
        : state.Find(item.Id) is { } known ? known.Status == SprintItemStatus.Done ? state.MoveItem(item.Id, SprintItemStatus.Todo) : Decision.Nothing
        : state.Items.Length >= MaxItemsToTakeUp ? Decision.Nothing
        : Decision.Raise((item with { StoryPoints = 0 }).ToEvent());

    /// <summary>There is nothing more to do about an item of the type BUG; where the ACTIVE sprint has none of that id, nothing happens.</summary>
    public static Decision SettleBug(this SprintState state, string itemId) =>
        state.Status == SprintStatus.Active && state.Find(itemId) is { Type: SprintItemType.Bug } ? state.MoveItem(itemId, SprintItemStatus.Done) : Decision.Nothing;

    public static Decision RemoveItem(this SprintState state, string itemId) =>
        state.Status != SprintStatus.Planned ? NotPlanned(state)
        : state.Find(itemId) is not { } item ? NoItem(itemId)
        : Decision.Raise(new ItemRemovedFromSprint(itemId, item.StoryPoints));

    /// <summary>To any other lane, as people do on a board.</summary>
    public static Decision MoveItem(this SprintState state, string itemId, SprintItemStatus to) =>
        SprintLife.Table.IsTerminal(state.Status) ? Decision.Forbids(Transition, $"A sprint that is {Word.Of(state.Status)} does not change any more.")
        : state.Find(itemId) is not { } item ? NoItem(itemId)
        : item.Status == to ? Decision.Nothing
        : Decision.Raise(new ItemStatusChanged(itemId, item.Status, to, item.StoryPoints));

    public static Decision Start(this SprintState state) =>
        Step(state, SprintStatus.Active)
        ?? (state.Items.IsEmpty ? Empty() : Decision.Raise(new SprintStarted(
            state.Items.Length, state.TotalStoryPoints, MembersOf(state.Items.Select(static item => item.AssigneeId)))));

    /// <summary>The figures follow from the items: nobody says them.</summary>
    public static Decision Complete(this SprintState state) => Step(state, SprintStatus.Completed) ?? Decision.Raise(new SprintCompleted(
        state.Items.Length,
        state.CompletedItems,
        state.TotalStoryPoints,
        state.CompletedStoryPoints,
        state.CompletionPercentage,
        state.CompletedStoryPoints,
        state.UnfinishedItemIds));

    public static Decision Cancel(this SprintState state, string reason) =>
        Text.Require(reason, "sprint.reason.required", "The reason") is { } violation ? Refuse.Because(violation)
        : Step(state, SprintStatus.Cancelled) ?? Decision.Raise(new SprintCancelled(reason, state.UnfinishedItemIds));

    /// <summary>In the order in which people expect to hear of it: the room first, then what is wrong with the item.</summary>
    private static RuleViolation? FindViolation(NewSprintItem item, SprintLoad load, bool isKnown) =>
        !load.CanAdd(item.StoryPoints)
            ? new RuleViolation("sprint.capacity.exceeded", FormattableString.Invariant(
                $"{item.StoryPoints} points more than the {load.Points} there are do not fit into a capacity of {load.Capacity}."))
            : Text.Require(item.Title, "sprint.item.title.required", "The item's title")
            ?? (item.StoryPoints < 0 ? new RuleViolation("sprint.item.points.negative", "Story points are not negative.") : null)
            ?? Text.Require(item.Id, "sprint.item.id.required", "The item's id")
            ?? (item.RqsScore is { } score && !Requirements.RqsScore.IsScore(score)
                ? new RuleViolation("sprint.item.rqs.range", "An item's quality score is from 0 to 100 with at most four decimals.")
                : null)
            ?? (isKnown ? new RuleViolation("sprint.item.duplicate", $"The item {item.Id} is in the sprint already.") : null);

    private static ImmutableArray<string> MembersOf(IEnumerable<string?> assignees) =>
        [.. assignees.OfType<string>().Where(static member => !string.IsNullOrWhiteSpace(member)).Distinct(StringComparer.Ordinal).Take(MaxNamedMembers)];

    private static Decision? Step(SprintState state, SprintStatus to) => Refuse.Step(SprintLife.Table, state.Status, to, Transition);

    private static Decision NotPlanned(SprintState state) =>
        Decision.Forbids(Transition, $"Items come and go while a sprint is PLANNED; this one is {Word.Of(state.Status)}.");

    private static Decision NoItem(string itemId) => Decision.Violates("sprint.item.not_found", $"There is no item {itemId} in the sprint.");

    private static Decision Empty() => Decision.Violates("sprint.empty", "A sprint starts with at least one item.");
}
