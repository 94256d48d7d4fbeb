using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace QANexus.Domain.Requirements;

/// <summary>A requirement.</summary>
public sealed record RequirementState
{
    public static RequirementState Initial { get; } = new();

    /// <summary>Nothing before the first event.</summary>
    public string? Id { get; init; }

    public string Title { get; init; } = string.Empty;

    public string Content { get; init; } = string.Empty;

    public RequirementStatus Status { get; init; }

    public RequirementPriority Priority { get; init; } = RequirementPriority.Medium;

    public RequirementType Type { get; init; }

    public ImmutableArray<AcceptanceCriterion> AcceptanceCriteria { get; init; } = [];

    /// <summary>The score of the text as it is; a change of the text voids it.</summary>
    public RqsScore? Rqs { get; init; }

    public string? ApproverId { get; init; }

    public string? ApproverRole { get; init; }

    public DateTimeOffset? ApprovedAt { get; init; }

    public string? RevisionReason { get; init; }

    public ImmutableArray<RequirementTask> Tasks { get; init; } = [];

    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }

    [JsonIgnore]
    public bool Exists => Id is not null;

    [JsonIgnore]
    public bool HasAcceptanceCriteria => !AcceptanceCriteria.IsEmpty;

    [JsonIgnore]
    public decimal QualityScore => Rqs?.Score ?? 0;

    /// <summary>
    /// It has all that a command would have asked for. Whoever appends events of requirements to streams as they like keeps those streams to themselves:
    /// nothing is added to them.
    /// </summary>
    [JsonIgnore]
    public bool IsApprovedInFull => ApproverId is not null && ApproverRole is not null && !string.IsNullOrWhiteSpace(Title) && !string.IsNullOrWhiteSpace(Content);

    [JsonIgnore]
    public bool CanBeAnalyzed => RequirementLife.CanBeAnalyzed(Status);

    /// <summary>Approved at a score that the policy asks for.</summary>
    public bool IsReadyForSprint(RequirementPolicy policy) =>
        Status is RequirementStatus.Approved or RequirementStatus.Backlogged && Rqs is not null && Rqs.Score >= policy.MinimumRqs && ApprovedAt is not null;
}
