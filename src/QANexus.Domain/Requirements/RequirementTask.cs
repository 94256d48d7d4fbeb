using QANexus.Domain.Sprints;

namespace QANexus.Domain.Requirements;

/// <summary>A piece of work that a requirement asks for.</summary>
/// <param name="Id">The same whenever the same event is worked on again.</param>
/// <param name="Title">What is to be done.</param>
/// <param name="Type">What kind of work.</param>
/// <param name="Priority">The requirement's.</param>
/// <param name="EstimatedHours">How long it may take.</param>
/// <param name="CriterionId">The acceptance criterion that it tests, if it tests one.</param>
public sealed record RequirementTask(
    string Id, string Title, SprintItemType Type, SprintItemPriority Priority, int EstimatedHours, string? CriterionId = null);
