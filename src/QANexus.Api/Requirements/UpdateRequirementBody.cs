using System.Collections.Immutable;
using QANexus.Domain.Requirements;

namespace QANexus.Api.Requirements;

/// <summary>What changes in a requirement; what is absent stays.</summary>
internal sealed record UpdateRequirementBody
{
    public string? Title { get; set; }

    public string? Content { get; set; }

    public RequirementPriority? Priority { get; set; }

    public RequirementType? Type { get; set; }

    public ImmutableArray<AcceptanceCriterion>? AcceptanceCriteria { get; set; }

    public RequirementChanges ToChanges() => new(Title, Content, Priority, Type, AcceptanceCriteria);
}
