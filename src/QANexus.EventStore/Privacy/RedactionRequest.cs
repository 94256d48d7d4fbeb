namespace QANexus.EventStore.Privacy;

/// <summary>What is recorded of a redaction, beside its time.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Actor">Who: the authenticated caller, never empty.</param>
public sealed record RedactionRequest(RedactionReason Reason, string Actor)
{
    /// <summary>Who: the authenticated caller, never empty.</summary>
    public string Actor { get; } = string.IsNullOrWhiteSpace(Actor) ? throw new ArgumentException("A redaction names its actor.", nameof(Actor)) : Actor;
}
