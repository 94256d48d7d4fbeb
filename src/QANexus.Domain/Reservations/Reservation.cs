using QANexus.EventStore.Streams;

namespace QANexus.Domain.Reservations;

/// <summary>What there is one of in a tenant: a stream of its own, whose position settles who was first.</summary>
/// <param name="Id">The stream's second half.</param>
/// <param name="Rule">What is broken by a second holder.</param>
public sealed record Reservation(AggregateId Id, string Rule)
{
    /// <summary>The sprint that is ACTIVE: <c>sprint.active.exists</c>.</summary>
    public static Reservation ActiveSprint { get; } = new(AggregateId.Parse("active-sprint"), "sprint.active.exists");

    /// <summary>The release with a version: <c>release.version.exists</c>.</summary>
    /// <param name="version">A valid one; its plus sign, which no id has, becomes a tilde, which no version has.</param>
    public static Reservation OfReleaseVersion(string version) =>
        new(AggregateId.Parse($"release-version-{version.Replace('+', '~')}"), "release.version.exists");
}
