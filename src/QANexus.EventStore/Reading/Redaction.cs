namespace QANexus.EventStore.Reading;

/// <summary>The record of a redaction.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="By">Who.</param>
/// <param name="Reason">Why.</param>
public sealed record Redaction(DateTimeOffset At, string By, string Reason);
