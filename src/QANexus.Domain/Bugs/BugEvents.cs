using System.Collections.Immutable;
using QANexus.Domain.Json;

namespace QANexus.Domain.Bugs;

/// <summary>Somebody reported a bug.</summary>
public sealed record BugCreated(
    string Title = "",
    string Description = "",
    string? ReportedBy = null,
    ImmutableArray<string> Tags = default,
    string? LinkedRequirementId = null,
    string? LinkedTestRunId = null,
    string? LinkedTestCaseId = null,
    string? ReleaseId = null)
{
    public ImmutableArray<string> Tags { get; init; } = Tags.OrEmpty();
}

/// <summary>It was judged.</summary>
public sealed record BugTriaged(
    BugSeverity? Severity = null, BugPriority? Priority = null, string? AssignedTo = null, string? TriagedBy = null, ImmutableArray<string>? Tags = null)
{
    public ImmutableArray<string>? Tags { get; init; } = Tags?.OrEmpty();
}

/// <summary>It was judged anew; what is absent stays.</summary>
public sealed record BugTriageUpdated(BugSeverity? Severity = null, BugPriority? Priority = null, string? AssignedTo = null, string? TriagedBy = null);

/// <summary>Somebody works on it.</summary>
public sealed record BugWorkStarted(string? AssignedTo = null);

/// <summary>It should be gone.</summary>
public sealed record BugResolved(BugSeverity? Severity = null, BugPriority? Priority = null, string? ResolutionNotes = null);

/// <summary>It is gone.</summary>
public sealed record BugVerified;

/// <summary>Nothing more is to be done.</summary>
public sealed record BugClosed;

/// <summary>It is there again.</summary>
public sealed record BugReopened(string? Reason = null);

/// <summary>It will be looked at later.</summary>
public sealed record BugDeferred(string? Reason = null);

/// <summary>It is none.</summary>
public sealed record BugInvalidated(string? Reason = null);
