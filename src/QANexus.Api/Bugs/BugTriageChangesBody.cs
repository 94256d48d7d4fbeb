using QANexus.Domain.Bugs;

namespace QANexus.Api.Bugs;

/// <summary>What of a bug's judgement changes; what is absent stays.</summary>
internal sealed record BugTriageChangesBody
{
    public BugSeverity? Severity { get; set; }

    public BugPriority? Priority { get; set; }

    public string? AssignedTo { get; set; }
}
