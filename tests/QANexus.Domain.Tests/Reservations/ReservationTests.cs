using QANexus.Domain.Reservations;
using QANexus.Domain.Tests.Aggregates;
using QANexus.EventStore.Streams;
using QANexus.Testing.Aggregates;

namespace QANexus.Domain.Tests.Reservations;

public sealed class ReservationTests
{
    private static readonly AggregateId One = AggregateId.Parse("s1");
    private static readonly AggregateId Two = AggregateId.Parse("s2");
    private static readonly Reservation Active = Reservation.ActiveSprint;

    private static AggregateScenario<ReservationState> Free => Scenario.Of(new ReservationAggregate());

    private static AggregateScenario<ReservationState> Held => Free.Given(new ReservationMade("s1"));

    /// <summary>What a reader of <see cref="Held"/> has found.</summary>
    private static ReservationState Seen => new() { Holder = "s1", Version = 1 };

    [Fact]
    public void The_first_gets_it_and_a_second_is_refused_by_the_rule_it_breaks()
    {
        Free.When(static state => state.Make(One, Active)).Then(new ReservationMade("s1"));
        Held.When(static state => state.Make(Two, Active)).ThenRejected("sprint.active.exists");
        Held.When(static state => state.Make(Two, Reservation.OfReleaseVersion("1.0.0"))).ThenRejected("release.version.exists");
    }

    [Fact]
    public void Who_holds_it_gets_it_again() => Held.When(static state => state.Make(One, Active)).ThenNothing();

    [Fact]
    public void Only_its_holder_gives_it_back()
    {
        Held.When(static state => state.Release(Two)).ThenNothing();
        Held.When(static state => state.Release(One)).Then(new ReservationReleased("s1"));
        Held.Given(new ReservationReleased("s1")).When(static state => state.Make(Two, Active)).Then(new ReservationMade("s2"));
        Free.When(static state => state.Release(One)).ThenNothing();
    }

    [Fact]
    public void A_holder_without_a_right_to_it_is_superseded_as_long_as_it_holds_what_was_seen()
    {
        Held.When(static state => state.Make(Two, Active, Seen)).Then(new ReservationMade("s2", "s1"));
        Held.Given(new ReservationMade("s3", "s1")).When(static state => state.Make(Two, Active, Seen)).ThenRejected("sprint.active.exists");
        Held.Given(new ReservationMade("s1", "s1")).When(static state => state.Make(Two, Active, Seen)).ThenRejected("sprint.active.exists");
        Held.Given(new ReservationReleased("s1")).When(static state => state.Make(Two, Active, Seen)).Then(new ReservationMade("s2"));
    }

    [Fact]
    public void Who_makes_it_once_more_keeps_an_earlier_call_from_giving_it_back()
    {
        Held.When(static state => state.Make(One, Active, Seen)).Then(new ReservationMade("s1", "s1"));
        var once = Held.Given(new ReservationMade("s1", "s1"));

        Held.When(static state => state.Release(One, Seen.Version)).Then(new ReservationReleased("s1"));
        once.When(static state => state.Release(One, Seen.Version)).ThenNothing();
        once.When(static state => state.Release(One)).Then(new ReservationReleased("s1"));
    }

    [Fact]
    public void A_redacted_reservation_is_still_held() =>
        Held.WithRedacted(1).When(static state => state.Make(Two, Active)).ThenRejected("sprint.active.exists");

    [Theory]
    [InlineData("1.0.0", "release-version-1.0.0")]
    [InlineData("1.0.0-rc.1+build.7", "release-version-1.0.0-rc.1~build.7")]
    public void Every_version_has_a_reservation_of_its_own(string version, string id) => Assert.Equal(id, Reservation.OfReleaseVersion(version).Id.Value);

    [Fact]
    public void Whatever_is_asked_of_it_one_holds_it_at_most() => Lives.Sample<ReservationState>(
        static () => new Life<ReservationState>(new ReservationAggregate(), ReservationJson.Default),
        [
            static (state, n, _) => state.Make(AggregateId.Parse($"s{n % 3}"), Active),
            static (state, n, _) => state.Make(AggregateId.Parse($"s{n % 3}"), Active, seen: state with { Version = state.Version - (n / 3 % 2) }),
            static (state, n, _) => state.Release(AggregateId.Parse($"s{n % 3}"), n % 2 == 0 ? null : state.Version - (n / 3 % 2)),
        ],
        static state => state.IsFree,
        static (before, after) => Assert.Equal(after.IsFree, after.Since is null));
}
