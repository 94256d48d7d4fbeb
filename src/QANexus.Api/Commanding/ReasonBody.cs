namespace QANexus.Api.Commanding;

/// <summary>Of a command that wants to be explained.</summary>
internal sealed record ReasonBody
{
    public required string Reason { get; init; }
}
