using System.Collections.Immutable;
using QANexus.Domain.Json;

namespace QANexus.Domain.Requirements;

/// <summary>Members of a requirement that change; those that are absent stay.</summary>
public sealed record RequirementChanges(
    string? Title = null,
    string? Content = null,
    RequirementPriority? Priority = null,
    RequirementType? Type = null,
    ImmutableArray<AcceptanceCriterion>? AcceptanceCriteria = null)
{
    public ImmutableArray<AcceptanceCriterion>? AcceptanceCriteria { get; init; } = AcceptanceCriteria?.OrEmpty();

    /// <summary>The text changes, and with it what an analysis or an approval was about.</summary>
    internal bool ChangesText => Title is not null || Content is not null || Type is not null || AcceptanceCriteria is not null;

    internal bool ChangesAnything => ChangesText || Priority is not null;
}
