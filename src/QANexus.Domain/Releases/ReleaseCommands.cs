using QANexus.Domain.Reservations;
using QANexus.EventStore;
using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Streams;

namespace QANexus.Domain.Releases;

/// <summary>The command that begins a release. There is one release of a version in a tenant: it holds the version's reservation for ever.</summary>
public sealed class ReleaseCommands(AggregateRepositories<ReleaseState> releases, ReservationDesk desk)
{
    /// <summary>Plans a release: <c>release.version.exists</c> where another one has the version.</summary>
    /// <param name="store">The tenant's.</param>
    /// <param name="release">What is planned.</param>
    /// <param name="command">The command that decides on it.</param>
    /// <param name="cancellationToken">Ends it before anything is written.</param>
    public async Task<CommandResult<ReleaseState>> CreateAsync(
        ITenantEventStore store, NewRelease release, AggregateCommand<ReleaseState> command, CancellationToken cancellationToken)
    {
        if (release.FindViolation() is not null)
        {
            return await releases.For(store).ExecuteAsync(command, cancellationToken);
        }

        var reservation = Reservation.OfReleaseVersion(release.Version);
        var reserved = await desk.MakeAsync(
            store, reservation, command.Id, holder => RightOfAsync(store, holder, release.Version, cancellationToken), cancellationToken);
        var execution = reserved.Refusal is { } refusal
            ? command with { Decide = state => command.Decide(state) is Decision.Rejection own ? own : refusal }
            : command;
        var result = await releases.For(store).ExecuteAsync(execution, cancellationToken);
        if (reserved.IsNew && result is CommandResult<ReleaseState>.Rejected or CommandResult<ReleaseState>.VersionConflict or CommandResult<ReleaseState>.KeyReused)
        {
            // The name is another release's, unless that is this very one.
            var present = await releases.For(store).LoadAsync(command.Id, cancellationToken);
            if (!string.Equals(present.State.Version, release.Version, StringComparison.Ordinal))
            {
                await desk.ReleaseAsync(store, reservation, command.Id, cancellationToken);
            }
        }

        return result with { RequestCharge = result.RequestCharge + reserved.RequestCharge };
    }

    private async Task<HolderRight> RightOfAsync(ITenantEventStore store, AggregateId holder, string version, CancellationToken cancellationToken)
    {
        var release = (await releases.For(store).LoadAsync(holder, cancellationToken)).State;
        return !release.Exists ? HolderRight.NotYet
            : string.Equals(release.Version, version, StringComparison.Ordinal) ? HolderRight.Held
            : HolderRight.Ended;
    }
}
