using System.Collections.Immutable;
using QANexus.Domain.Bugs;

namespace QANexus.Api.Bugs;

/// <summary>How a bug is judged.</summary>
internal sealed record TriageBugBody
{
    public required BugSeverity Severity { get; init; }

    public required BugPriority Priority { get; init; }

    public string? AssignedTo { get; init; }

    public ImmutableArray<string>? Tags { get; init; }

    public BugTriage ToTriage() => new(Severity, Priority, AssignedTo, Tags);
}
