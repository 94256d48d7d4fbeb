using QANexus.EventStore;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Streams;

namespace QANexus.Domain.Reservations;

/// <summary>Who wants what.</summary>
/// <param name="Store">The tenant's.</param>
/// <param name="Reservation">What.</param>
/// <param name="Holder">Who.</param>
/// <param name="Metadata">Of the command that needs it: a reservation has the same cause and actor.</param>
internal sealed record ReservationWish(ITenantEventStore Store, Reservation Reservation, AggregateId Holder, AppendMetadata Metadata);
