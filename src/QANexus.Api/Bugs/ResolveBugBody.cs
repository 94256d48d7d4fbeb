namespace QANexus.Api.Bugs;

/// <summary>How a bug was resolved.</summary>
internal sealed record ResolveBugBody
{
    public string? ResolutionNotes { get; set; }
}
