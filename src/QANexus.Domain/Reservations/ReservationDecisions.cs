using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Streams;

namespace QANexus.Domain.Reservations;

/// <summary>
/// What a reservation makes of commands. It is made before what it protects is done and given back after: who crashes in between holds it still, and
/// goes on by repeating the command. Who finds it held by an aggregate that has no right to it any more takes it over by naming what was found.
/// </summary>
public static class ReservationDecisions
{
    /// <summary>Nothing for who holds it, unless it is made once more: then whoever made it first cannot give it back while this caller relies on it.</summary>
    /// <param name="holder">Who wants it.</param>
    /// <param name="reservation">What.</param>
    /// <param name="seen">The reservation as the caller has found it, with a holder that has no right to it any more, or with this very holder.</param>
    public static Decision Make(this ReservationState state, AggregateId holder, Reservation reservation, ReservationState? seen = null) =>
        state.IsFree ? Decision.Raise(new ReservationMade(holder.Value))
        : state.IsHeldBy(holder) ? (seen is null ? Decision.Nothing : Decision.Raise(new ReservationMade(holder.Value, holder.Value)))
        : state.Version == seen?.Version ? Decision.Raise(new ReservationMade(holder.Value, state.Holder))
        : Decision.Violates(reservation.Rule, $"{state.Holder} has it already.");

    /// <summary>Gives it back; nothing where somebody else holds it, or nobody.</summary>
    /// <param name="holder">Who has it.</param>
    /// <param name="version">Only the one that was made by this event; null for whichever.</param>
    public static Decision Release(this ReservationState state, AggregateId holder, long? version = null) =>
        state.IsHeldBy(holder) && (version is null || version == state.Version) ? Decision.Raise(new ReservationReleased(holder.Value)) : Decision.Nothing;
}
