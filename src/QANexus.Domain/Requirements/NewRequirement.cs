using System.Collections.Immutable;
using QANexus.Domain.Rules;

namespace QANexus.Domain.Requirements;

/// <summary>What a requirement begins with.</summary>
public sealed record NewRequirement
{
    public required string Title { get; init; }

    public required string Content { get; init; }

    public RequirementPriority Priority { get; init; } = RequirementPriority.Medium;

    public RequirementType Type { get; init; } = RequirementType.Functional;

    public ImmutableArray<AcceptanceCriterion> AcceptanceCriteria { get; init; } = [];

    /// <summary><c>requirement.title.required</c>, <c>requirement.content.required</c>, <c>requirement.criteria.invalid</c>, in this order.</summary>
    public RuleViolation? FindViolation() =>
        Text.Require(Title, "requirement.title.required", "The title")
        ?? Text.Require(Content, "requirement.content.required", "The content")
        ?? AcceptanceCriterion.FindViolation(AcceptanceCriterion.Numbered(AcceptanceCriteria));
}
