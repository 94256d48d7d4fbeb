using System.Collections.Immutable;
using QANexus.Domain.Bugs;

namespace QANexus.Api.Bugs;

/// <summary>How a bug is judged.</summary>
internal sealed record TriageBugBody
{
    public required BugSeverity Severity { get; init; }

    public required BugPriority Priority { get; init; }

    public string? AssignedTo { get; set; }

    public ImmutableArray<string>? Tags { get; set; }

    public BugTriage ToTriage() => new(Severity, Priority, AssignedTo, Tags);
}
