using System.Collections.Immutable;

namespace QANexus.Domain.Bugs;

/// <summary>How a bug is judged.</summary>
/// <param name="AssignedTo">Who fixes it; the present assignee stays where nothing is said.</param>
/// <param name="Tags">Replace the present ones; these stay where nothing is said.</param>
public sealed record BugTriage(BugSeverity Severity, BugPriority Priority, string? AssignedTo = null, ImmutableArray<string>? Tags = null);
