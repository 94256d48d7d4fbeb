namespace QANexus.ReadModels.Activity;

/// <summary>What happened in a tenant on one day, UTC.</summary>
/// <param name="Date">The day, <c>2026-11-23</c>.</param>
/// <param name="Total">Events that occurred on it.</param>
/// <param name="Types">The same by event type.</param>
public sealed record ActivityDay(string Date, long Total, IReadOnlyDictionary<string, long> Types);
