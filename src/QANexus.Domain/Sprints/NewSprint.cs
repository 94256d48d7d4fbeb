using System.Collections.Immutable;
using QANexus.Domain.Rules;

namespace QANexus.Domain.Sprints;

/// <summary>What a sprint begins with.</summary>
public sealed record NewSprint
{
    public required string Name { get; init; }

    /// <summary>A number as it came: what is no capacity is refused by its rule.</summary>
    public decimal Capacity { get; init; } = SprintCapacity.ReasonableFrom;

    public required DateTimeOffset StartDate { get; init; }

    public required DateTimeOffset EndDate { get; init; }

    public string? Description { get; init; }

    /// <summary>Items that are planned with it.</summary>
    public ImmutableArray<NewSprintItem> Items { get; init; } = [];

    /// <summary>It begins at once.</summary>
    public bool Starts { get; init; }

    /// <summary><c>sprint.name.required</c>, <c>sprint.dates.invalid</c>, <c>sprint.capacity.*</c>, in this order.</summary>
    public RuleViolation? FindViolation() =>
        Text.Require(Name, "sprint.name.required", "The name")
        ?? (new SprintCalendar(StartDate, EndDate).IsValid ? null : new RuleViolation("sprint.dates.invalid", "A sprint ends after it has begun."))
        ?? SprintCapacity.FindViolation(Capacity);
}
