using QANexus.Domain.Bugs;

namespace QANexus.ReadModels.Verification;

/// <summary>One resolution of a bug, to be verified.</summary>
/// <param name="Number">Which resolution of the bug, from 1.</param>
/// <param name="EventVersion">The event that resolved it.</param>
/// <param name="ResolvedBy">Who resolved it.</param>
/// <param name="ResolvedAt">When.</param>
/// <param name="DueBy">By when it is to be verified: the time that the bug's priority allows, from the resolution on.</param>
/// <param name="State">What became of it.</param>
/// <param name="Severity">Of the bug.</param>
/// <param name="Priority">Of the bug.</param>
/// <param name="ResolutionNotes">What was done.</param>
/// <param name="EndedAt">When it was verified or reopened.</param>
/// <param name="EndedBy">By whom.</param>
internal sealed record QaVerification(
    int Number, long EventVersion, string? ResolvedBy, DateTimeOffset ResolvedAt, DateTimeOffset DueBy, VerificationState State,
    BugSeverity? Severity = null, BugPriority? Priority = null, string? ResolutionNotes = null, DateTimeOffset? EndedAt = null, string? EndedBy = null);
