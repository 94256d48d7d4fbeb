namespace QANexus.Api.Commanding;

/// <summary>Of a command that says all with its name.</summary>
internal sealed record NoBody;
