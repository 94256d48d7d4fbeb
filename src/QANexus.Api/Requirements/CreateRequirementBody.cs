using System.Collections.Immutable;
using QANexus.Domain.Requirements;

namespace QANexus.Api.Requirements;

/// <summary>A requirement to be written.</summary>
internal sealed record CreateRequirementBody
{
    public string? Id { get; set; }

    public required string Title { get; init; }

    public required string Content { get; init; }

    public RequirementPriority Priority { get; set; } = RequirementPriority.Medium;

    public RequirementType Type { get; set; } = RequirementType.Functional;

    public ImmutableArray<AcceptanceCriterion> AcceptanceCriteria { get; set; } = [];

    public NewRequirement ToRequirement() => new()
    {
        Title = Title, Content = Content, Priority = Priority, Type = Type, AcceptanceCriteria = AcceptanceCriteria,
    };
}
