using QANexus.EventStore;
using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Streams;

namespace QANexus.Domain.Reservations;

/// <summary>Makes reservations for commands that need one, and gives them back.</summary>
public sealed class ReservationDesk(AggregateRepositories<ReservationState> reservations, TimeProvider time)
{
    /// <summary>
    /// How long whoever made a reservation may take to do what it protects; whoever has not done it by then has crashed. Far longer than a command with all its
    /// retries takes.
    /// </summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    /// <summary>Makes a reservation, also in the place of a holder that has no right to it any more.</summary>
    /// <param name="store">The tenant's.</param>
    /// <param name="reservation">What is reserved.</param>
    /// <param name="holder">Who wants it.</param>
    /// <param name="findRight">What right a holder that is in the way has to it.</param>
    /// <param name="cancellationToken">Ends it before anything is written.</param>
    public async Task<ReservationOutcome> MakeAsync(
        ITenantEventStore store, Reservation reservation, AggregateId holder, Func<AggregateId, Task<HolderRight>> findRight, CancellationToken cancellationToken)
    {
        var made = await ExecuteAsync(store, reservation, state => state.Make(holder, reservation), cancellationToken);
        var charge = made.RequestCharge;
        if (made is CommandResult<ReservationState>.Rejected { Aggregate.State: { Holder: { } other, Since: var since } }
            && AggregateId.TryParse(other, out var present) && await HasLostAsync(findRight, present, since))
        {
            made = await ExecuteAsync(store, reservation, state => state.Make(holder, reservation, superseding: present), cancellationToken);
            charge += made.RequestCharge;
        }

        return new ReservationOutcome(
            (made as CommandResult<ReservationState>.Rejected)?.Rejection, IsNew: made is CommandResult<ReservationState>.Appended, charge);
    }

    /// <summary>Gives a reservation back; nothing where somebody else holds it.</summary>
    /// <returns>Request units spent.</returns>
    public async Task<double> ReleaseAsync(ITenantEventStore store, Reservation reservation, AggregateId holder, CancellationToken cancellationToken) =>
        (await ExecuteAsync(store, reservation, state => state.Release(holder), cancellationToken)).RequestCharge;

    private async Task<bool> HasLostAsync(Func<AggregateId, Task<HolderRight>> findRight, AggregateId present, DateTimeOffset? since) =>
        await findRight(present) switch
        {
            HolderRight.Ended => true,
            HolderRight.NotYet => time.GetUtcNow() - since > Grace,
            _ => false,
        };

    private Task<CommandResult<ReservationState>> ExecuteAsync(
        ITenantEventStore store, Reservation reservation, Func<ReservationState, Decision> decide, CancellationToken cancellationToken) =>
        reservations.For(store).ExecuteAsync(
            new AggregateCommand<ReservationState> { Id = reservation.Id, Decide = decide, Expected = EventStore.Appending.ExpectedPosition.Any },
            cancellationToken);
}
