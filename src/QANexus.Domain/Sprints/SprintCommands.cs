using QANexus.Domain.Reservations;
using QANexus.EventStore;
using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Streams;

namespace QANexus.Domain.Sprints;

/// <summary>
/// The commands on sprints by which one becomes ACTIVE or ceases to be. There is one ACTIVE sprint in a tenant: it holds a reservation, which is made before
/// and given back after. A command that broke off in between is repeated as a whole.
/// </summary>
public sealed class SprintCommands(AggregateRepositories<SprintState> sprints, ReservationDesk desk)
{
    /// <summary>Carries out a command that makes the sprint ACTIVE: <c>sprint.active.exists</c> where another one is.</summary>
    public async Task<CommandResult<SprintState>> StartAsync(
        ITenantEventStore store, AggregateCommand<SprintState> command, CancellationToken cancellationToken)
    {
        var reserved = await desk.MakeAsync(
            store, Reservation.ActiveSprint, command.Id, holder => RightOfAsync(store, holder, cancellationToken), cancellationToken);
        var execution = reserved.Refusal is { } refusal ? command with { Decide = state => Refuse(state, command.Decide(state), refusal) } : command;
        var result = await sprints.For(store).ExecuteAsync(execution, cancellationToken);
        if (reserved.IsNew && result is CommandResult<SprintState>.Rejected or CommandResult<SprintState>.NotFound)
        {
            await desk.ReleaseAsync(store, Reservation.ActiveSprint, command.Id, cancellationToken);
        }

        return result with { RequestCharge = result.RequestCharge + reserved.RequestCharge };
    }

    /// <summary>Carries out a command after which the sprint is not ACTIVE any more.</summary>
    public async Task<CommandResult<SprintState>> EndAsync(
        ITenantEventStore store, AggregateCommand<SprintState> command, CancellationToken cancellationToken)
    {
        var result = await sprints.For(store).ExecuteAsync(command, cancellationToken);
        var ended = result switch
        {
            CommandResult<SprintState>.Appended appended => appended.Aggregate.State,
            CommandResult<SprintState>.Rejected rejected => rejected.Aggregate.State,
            _ => null,
        };
        return ended is not null && SprintLife.Table.IsTerminal(ended.Status)
            ? result with
            {
                RequestCharge = result.RequestCharge + await desk.ReleaseAsync(store, Reservation.ActiveSprint, command.Id, cancellationToken),
            }
            : result;
    }

    /// <summary>What is wrong with the sprint itself is said first.</summary>
    private static Decision Refuse(SprintState state, Decision own, Decision.Rejection refusal) =>
        state.Status == SprintStatus.Active || own is Decision.Rejection ? own : refusal;

    private async Task<HolderRight> RightOfAsync(ITenantEventStore store, AggregateId holder, CancellationToken cancellationToken) =>
        (await sprints.For(store).LoadAsync(holder, cancellationToken)).State.Status switch
        {
            SprintStatus.Active => HolderRight.Held,
            SprintStatus.Planned => HolderRight.NotYet,
            _ => HolderRight.Ended,
        };
}
