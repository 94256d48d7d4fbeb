namespace QANexus.EventStore.Querying;

/// <summary>How many events a tenant has.</summary>
/// <param name="Count">Events as stored.</param>
/// <param name="RequestCharge">Request units spent.</param>
public readonly record struct EventCount(long Count, double RequestCharge);
