using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace QANexus.Domain.Bugs;

/// <summary>A bug.</summary>
public sealed record BugState
{
    public static BugState Initial { get; } = new();

    /// <summary>Nothing before the first event.</summary>
    public string? Id { get; init; }

    public string Title { get; init; } = string.Empty;

    public string Description { get; init; } = string.Empty;

    public BugStatus Status { get; init; }

    public BugSeverity? Severity { get; init; }

    public BugPriority? Priority { get; init; }

    public string? ReportedBy { get; init; }

    public string? AssignedTo { get; init; }

    public string? TriagedBy { get; init; }

    public ImmutableArray<string> Tags { get; init; } = [];

    public string? LinkedRequirementId { get; init; }

    public string? LinkedTestRunId { get; init; }

    public string? LinkedTestCaseId { get; init; }

    public string? ReleaseId { get; init; }

    public string? ResolutionNotes { get; init; }

    public int ReopenCount { get; init; }

    /// <summary>Why it was last reopened, deferred or found to be none.</summary>
    public string? StatusReason { get; init; }

    public DateTimeOffset? TriageDate { get; init; }

    public DateTimeOffset? ResolvedDate { get; init; }

    public DateTimeOffset? ClosedDate { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }

    [JsonIgnore]
    public bool Exists => Id is not null;

    [JsonIgnore]
    public bool IsFixed => Status == BugStatus.Closed;

    [JsonIgnore]
    public bool IsActive => BugLife.IsActive(Status);

    [JsonIgnore]
    public bool BlocksRelease => BugImpact.BlocksRelease(Severity, Priority, Status);

    [JsonIgnore]
    public int ImpactScore => BugImpact.Score(Severity, Priority, Status);

    /// <summary>What was promised, once it is triaged.</summary>
    [JsonIgnore]
    public BugSla? Sla => TriageDate is { } triaged && CreatedAt is { } created ? BugSla.Of(Severity, Priority, created, triaged) : null;
}
