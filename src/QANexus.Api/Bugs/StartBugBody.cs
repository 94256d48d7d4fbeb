namespace QANexus.Api.Bugs;

/// <summary>Who begins to work on a bug; the assignee stays where nothing is said.</summary>
internal sealed record StartBugBody
{
    public string? AssignedTo { get; set; }
}
