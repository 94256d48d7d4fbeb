using System.Collections.Immutable;
using QANexus.Domain.Requirements;

namespace QANexus.Api.Requirements;

/// <summary>What changes in a requirement; what is absent stays.</summary>
internal sealed record UpdateRequirementBody
{
    public string? Title { get; init; }

    public string? Content { get; init; }

    public RequirementPriority? Priority { get; init; }

    public RequirementType? Type { get; init; }

    public ImmutableArray<AcceptanceCriterion>? AcceptanceCriteria { get; init; }

    public RequirementChanges ToChanges() => new(Title, Content, Priority, Type, AcceptanceCriteria);
}
