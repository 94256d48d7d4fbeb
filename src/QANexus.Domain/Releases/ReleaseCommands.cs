using QANexus.Domain.Reservations;
using QANexus.EventStore;
using QANexus.EventStore.Aggregates;

namespace QANexus.Domain.Releases;

/// <summary>The command that begins a release. There is one release of a version in a tenant: it holds the version's reservation for ever.</summary>
public sealed class ReleaseCommands(AggregateRepositories<ReleaseState> releases, ReservationDesk desk)
{
    /// <summary>Plans a release: <c>release.version.exists</c> where another one has the version.</summary>
    /// <param name="store">The tenant's.</param>
    /// <param name="release">What is planned.</param>
    /// <param name="command">The command that decides on it.</param>
    /// <param name="cancellationToken">Ends it before anything is written.</param>
    public Task<CommandResult<ReleaseState>> CreateAsync(
        ITenantEventStore store, NewRelease release, AggregateCommand<ReleaseState> command, CancellationToken cancellationToken) =>
        release.FindViolation() is not null
            ? releases.For(store).ExecuteAsync(command, cancellationToken)
            : desk.ExecuteAsync(
                store, releases, Reservation.OfReleaseVersion(release.Version), command, present => RightOf(present, release.Version), cancellationToken);

    private static HolderRight RightOf(ReleaseState release, string version) =>
        !release.Exists ? HolderRight.NotYet
        : string.Equals(release.Version, version, StringComparison.Ordinal) ? HolderRight.Held
        : HolderRight.Ended;
}
