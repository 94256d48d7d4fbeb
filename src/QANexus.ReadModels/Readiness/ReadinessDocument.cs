using System.Collections.Immutable;
using QANexus.Domain.Bugs;
using QANexus.Domain.Requirements;

namespace QANexus.ReadModels.Readiness;

/// <summary>A part of what releases are judged by: some of the tenant's bugs, some of its requirements, or the newest test runs of one scope.</summary>
public sealed record ReadinessDocument
{
    /// <summary>Bugs by their ids.</summary>
    public ImmutableSortedDictionary<string, BugFact>? Bugs { get; init; }

    /// <summary>The status of each requirement by its id.</summary>
    public ImmutableSortedDictionary<string, RequirementStatus>? Requirements { get; init; }

    /// <summary>The newest test runs that ended, newest first.</summary>
    public ImmutableArray<TestRunFact>? TestRuns { get; init; }
}

/// <summary>What of a bug a release has to answer for. Nothing in it is personal.</summary>
public sealed record BugFact(BugStatus Status, BugSeverity? Severity, BugPriority? Priority, string? ReleaseId);

/// <summary>How a test run ended.</summary>
public sealed record TestRunFact(string Id, DateTimeOffset CompletedAt, int Passed, int Failed, int Blocked, bool IsComplete);
