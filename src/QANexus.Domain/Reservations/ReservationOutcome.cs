using QANexus.EventStore.Aggregates;

namespace QANexus.Domain.Reservations;

/// <summary>What became of a wish for a reservation.</summary>
/// <param name="Refusal">Why somebody else keeps it; null where it is had.</param>
/// <param name="IsNew">Whether it was made now, and not by an earlier call.</param>
/// <param name="RequestCharge">Request units spent.</param>
public readonly record struct ReservationOutcome(Decision.Rejection? Refusal, bool IsNew, double RequestCharge);
