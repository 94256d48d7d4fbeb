using QANexus.EventStore.Aggregates;

namespace QANexus.Domain.Reservations;

/// <summary>What became of a wish for a reservation.</summary>
/// <param name="Refusal">Why somebody else keeps it; null where it is had.</param>
/// <param name="Version">Of the event that made it, where this call is the first to hold it; null where the holder had it before.</param>
/// <param name="DecideBefore">When a command that rests on it comes too late; null where the holder has done what it protects.</param>
/// <param name="RequestCharge">Request units spent.</param>
internal readonly record struct ReservationOutcome(Decision.Rejection? Refusal, long? Version, DateTimeOffset? DecideBefore, double RequestCharge);
