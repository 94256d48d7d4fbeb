using System.Collections.Immutable;
using QANexus.Domain.Json;

namespace QANexus.Domain.Requirements;

/// <summary>A requirement was written down.</summary>
public sealed record RequirementCreated(
    string Title = "",
    string Content = "",
    RequirementPriority Priority = RequirementPriority.Medium,
    RequirementType Type = RequirementType.Functional,
    ImmutableArray<AcceptanceCriterion> AcceptanceCriteria = default)
{
    public ImmutableArray<AcceptanceCriterion> AcceptanceCriteria { get; init; } = AcceptanceCriteria.OrEmpty();
}

/// <summary>What is given in <paramref name="Changes"/> became so.</summary>
public sealed record RequirementUpdated(RequirementChanges? Changes = null);

/// <summary>The analyser scored the text.</summary>
public sealed record RequirementAnalyzed(
    decimal Score = 0, decimal Clarity = 0, decimal Completeness = 0, decimal Testability = 0, decimal Consistency = 0, ImmutableArray<string> Feedback = default)
{
    public ImmutableArray<string> Feedback { get; init; } = Feedback.OrEmpty();
}

/// <summary>Somebody may publish it; readers see it.</summary>
public sealed record RequirementPublished;

/// <summary>It is ready for approval.</summary>
public sealed record RequirementMarkedReady;

/// <summary>Version 3 of the event.</summary>
/// <param name="ApproverId">Who approved.</param>
/// <param name="ApproverRole">In which role, a word; since version 2.</param>
/// <param name="ApprovedAt">When; since version 3.</param>
/// <param name="Title">Of what.</param>
/// <param name="Score">At which quality score, if it was analysed.</param>
public sealed record RequirementApproved(
    string? ApproverId = null, string? ApproverRole = null, DateTimeOffset? ApprovedAt = null, string? Title = null, decimal? Score = null);

/// <summary>It waits in the backlog.</summary>
public sealed record RequirementBacklogged;

/// <summary>It has to be worked over.</summary>
public sealed record RequirementNeedsRevision(string? Reason = null);

/// <summary>All its tasks are done.</summary>
public sealed record RequirementCompleted;

/// <summary>Tasks were derived from it.</summary>
public sealed record TasksGenerated(ImmutableArray<RequirementTask> Tasks = default, int Count = 0)
{
    public ImmutableArray<RequirementTask> Tasks { get; init; } = Tasks.OrEmpty();
}

/// <summary>No tasks could be derived from it.</summary>
public sealed record FailedToGenerateTasks(string? Reason = null);
