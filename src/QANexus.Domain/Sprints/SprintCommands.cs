using QANexus.Domain.Reservations;
using QANexus.EventStore;
using QANexus.EventStore.Aggregates;

namespace QANexus.Domain.Sprints;

/// <summary>
/// The commands on sprints by which one becomes ACTIVE or ceases to be. There is one ACTIVE sprint in a tenant: it holds a reservation, which is made before
/// and given back after. A command that broke off in between is repeated as a whole.
/// </summary>
public sealed class SprintCommands(AggregateRepositories<SprintState> sprints, ReservationDesk desk)
{
    /// <summary>Carries out a command that makes the sprint ACTIVE: <c>sprint.active.exists</c> where another one is.</summary>
    public Task<CommandResult<SprintState>> StartAsync(
        ITenantEventStore store, AggregateCommand<SprintState> command, CancellationToken cancellationToken) =>
        desk.ExecuteAsync(store, sprints, Reservation.ActiveSprint, command, RightOf, cancellationToken);

    /// <summary>Carries out a command after which the sprint is not ACTIVE any more.</summary>
    public async Task<CommandResult<SprintState>> EndAsync(
        ITenantEventStore store, AggregateCommand<SprintState> command, CancellationToken cancellationToken)
    {
        var result = await sprints.For(store).ExecuteAsync(command, cancellationToken);
        var after = result switch
        {
            CommandResult<SprintState>.Appended appended => appended.Aggregate.State,
            CommandResult<SprintState>.Rejected rejected => rejected.Aggregate.State,
            _ => null,
        };
        return after is not null && RightOf(after) == HolderRight.Ended
            ? result with
            {
                RequestCharge = result.RequestCharge + await desk.TryReleaseAsync(store, Reservation.ActiveSprint, command, cancellationToken),
            }
            : result;
    }

    private static HolderRight RightOf(SprintState sprint) => sprint.Status switch
    {
        SprintStatus.Active => HolderRight.Held,
        SprintStatus.Planned => HolderRight.NotYet,
        _ => HolderRight.Ended,
    };
}
