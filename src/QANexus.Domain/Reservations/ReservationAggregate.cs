using QANexus.Domain.Aggregates;

namespace QANexus.Domain.Reservations;

/// <summary>How a reservation follows from its events.</summary>
public sealed class ReservationAggregate : QAAggregate<ReservationState>
{
    public const string TypeName = "Reservation";

    public ReservationAggregate()
        : base(TypeName, ReservationState.Initial, ReservationJson.Default.ReservationState)
    {
        // What a redacted reservation said is unknown; that it is held is not, and nobody else may take it.
        On(ReservationJson.Default.ReservationMade, new(), static (_, made, e) => new ReservationState
        {
            Id = e.Stream.AggregateId.Value, Holder = made.Holder, Since = e.OccurredAt, Superseded = made.Superseded, Version = e.Version,
        });
        On(ReservationJson.Default.ReservationReleased, new(), static (_, _, e) => new ReservationState { Id = e.Stream.AggregateId.Value });
        OnOthers(static (state, e) => state with { Id = e.Stream.AggregateId.Value });
    }
}
