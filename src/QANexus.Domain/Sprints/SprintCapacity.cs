using QANexus.Domain.Rules;

namespace QANexus.Domain.Sprints;

/// <summary>How many story points a sprint takes.</summary>
public static class SprintCapacity
{
    public const int Min = 1;
    public const int Max = 1000;

    /// <summary>Below it a team plans too little, above it too much.</summary>
    public const int ReasonableFrom = 20;

    /// <inheritdoc cref="ReasonableFrom"/>
    public const int ReasonableTo = 100;

    /// <summary><c>sprint.capacity.not_integer</c>, <c>.min</c>, <c>.max</c>.</summary>
    public static RuleViolation? FindViolation(decimal capacity) =>
        capacity != decimal.Truncate(capacity) ? new RuleViolation("sprint.capacity.not_integer", "The capacity must be a whole number of story points.")
        : capacity < Min ? new RuleViolation("sprint.capacity.min", $"The capacity must be at least {Min}.")
        : capacity > Max ? new RuleViolation("sprint.capacity.max", $"The capacity must be at most {Max}.")
        : null;

    /// <summary>What an unusual capacity should become.</summary>
    public static CapacityAdvice Advise(int capacity) =>
        capacity < ReasonableFrom ? CapacityAdvice.Raise : capacity > ReasonableTo ? CapacityAdvice.Limit : CapacityAdvice.None;
}
