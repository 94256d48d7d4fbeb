using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Upcasting;

/// <summary>An event that something became of; never its data.</summary>
/// <param name="Outcome">What.</param>
/// <param name="Tenant">Whose event it is.</param>
/// <param name="Event">Which.</param>
/// <param name="Failure">Why it cannot be read.</param>
public sealed record UpcastCheckExample(UpcastOutcome Outcome, TenantId Tenant, EventId Event, string? Failure);
