using System.Collections.Immutable;
using System.Globalization;
using QANexus.Domain.Sprints;
using QANexus.EventStore.Streams;

namespace QANexus.Domain.Requirements;

/// <summary>The tasks that follow from an approval: design, implementation, and a test for every acceptance criterion.</summary>
public static class TaskPlan
{
    private const int DesignHours = 4;
    private const int ImplementationHours = 16;
    private const int TestHours = 8;

    /// <param name="requirement">What was approved.</param>
    /// <param name="approval">The event that asks for the tasks; their ids are made of it, so that a second delivery makes the same ones.</param>
    public static ImmutableArray<RequirementTask> For(RequirementState requirement, EventId approval)
    {
        var priority = PriorityOf(requirement.Priority);
        var tests = requirement.AcceptanceCriteria.IsDefaultOrEmpty
            ? [(Title: $"Test: {requirement.Title}", CriterionId: (string?)null)]
            : requirement.AcceptanceCriteria.Select(static criterion => (Title: $"Test: {criterion.Text}", CriterionId: (string?)criterion.Id));
        return
        [
            Task(0, $"Design: {requirement.Title}", SprintItemType.Task, DesignHours, null),
            Task(1, $"Implement: {requirement.Title}", SprintItemType.Feature, ImplementationHours, null),
            .. tests.Select((test, index) => Task(index + 2, test.Title, SprintItemType.Task, TestHours, test.CriterionId)),
        ];

        RequirementTask Task(int index, string title, SprintItemType type, int hours, string? criterionId) => new(
            string.Create(CultureInfo.InvariantCulture, $"{approval.Value.Replace(StreamId.Separator, '~')}~{index}"), title, type, priority, hours, criterionId);
    }

    /// <summary>The same word.</summary>
    public static SprintItemPriority PriorityOf(RequirementPriority priority) => priority switch
    {
        RequirementPriority.Critical => SprintItemPriority.Critical,
        RequirementPriority.High => SprintItemPriority.High,
        RequirementPriority.Medium => SprintItemPriority.Medium,
        _ => SprintItemPriority.Low,
    };
}
