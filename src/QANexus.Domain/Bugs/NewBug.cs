using System.Collections.Immutable;
using QANexus.Domain.Rules;

namespace QANexus.Domain.Bugs;

/// <summary>What a bug begins with.</summary>
public sealed record NewBug
{
    public required string Title { get; init; }

    public required string Description { get; init; }

    public required string ReportedBy { get; init; }

    public ImmutableArray<string> Tags { get; init; } = [];

    public string? LinkedRequirementId { get; init; }

    public string? LinkedTestRunId { get; init; }

    public string? LinkedTestCaseId { get; init; }

    public string? ReleaseId { get; init; }

    /// <summary><c>bug.title.required</c>, <c>bug.description.required</c>, in this order.</summary>
    public RuleViolation? FindViolation() =>
        Text.Require(Title, "bug.title.required", "The title") ?? Text.Require(Description, "bug.description.required", "The description");
}
