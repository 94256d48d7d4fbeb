using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Streams;

namespace QANexus.Domain.Reservations;

/// <summary>
/// What a reservation makes of commands. It is made before what it protects is done and given back after: who crashes in between holds it still, and
/// goes on by repeating the command. Who finds it held by an aggregate that has no right to it any more takes it over by naming that one.
/// </summary>
public static class ReservationDecisions
{
    /// <param name="holder">Who wants it.</param>
    /// <param name="reservation">What.</param>
    /// <param name="superseding">A holder that the caller has found to have no right to it any more.</param>
    public static Decision Make(this ReservationState state, AggregateId holder, Reservation reservation, AggregateId? superseding = null) =>
        Is(state, holder) ? Decision.Nothing
        : state.IsFree ? Decision.Raise(new ReservationMade(holder.Value))
        : superseding is { } other && Is(state, other) ? Decision.Raise(new ReservationMade(holder.Value, other.Value))
        : Decision.Violates(reservation.Rule, $"{state.Holder} has it already.");

    /// <summary>Gives it back; nothing where somebody else holds it, or nobody.</summary>
    public static Decision Release(this ReservationState state, AggregateId holder) =>
        Is(state, holder) ? Decision.Raise(new ReservationReleased(holder.Value)) : Decision.Nothing;

    private static bool Is(ReservationState state, AggregateId holder) => string.Equals(state.Holder, holder.Value, StringComparison.Ordinal);
}
