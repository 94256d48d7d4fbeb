using Microsoft.Extensions.DependencyInjection;
using QANexus.Domain.Releases;
using QANexus.Domain.Reservations;
using QANexus.Domain.Sprints;
using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Streams;
using QANexus.ReadModels.Tests.Fixture;
using QANexus.Testing.Time;

namespace QANexus.ReadModels.Tests.Reservations;

/// <summary>What there is one of in a tenant, when processes die between a reservation and what it protects.</summary>
public sealed class ReservationTests
{
    private readonly ManualTimeProvider time = new(new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_start_that_died_after_its_reservation_is_finished_by_repeating_it()
    {
        await using var fixture = await StartAsync();
        await PlanAsync(fixture, "s1");
        await ReserveAsync(fixture, "s1");

        var started = await StartAsync(fixture, "s1");

        Assert.Equal(SprintStatus.Active, Assert.IsType<CommandResult<SprintState>.Appended>(started).Aggregate.State.Status);
        Assert.Equal("s1", await HolderAsync(fixture));
    }

    [Fact]
    public async Task Whoever_died_before_it_began_holds_the_place_for_a_minute_and_no_longer()
    {
        await using var fixture = await StartAsync();
        await PlanAsync(fixture, "s1");
        await PlanAsync(fixture, "s2");
        await ReserveAsync(fixture, "s1");

        time.Advance(ReservationDesk.Grace);
        var tooEarly = await StartAsync(fixture, "s2");
        time.Advance(TimeSpan.FromTicks(1));
        var started = await StartAsync(fixture, "s2");

        Assert.Equal("sprint.active.exists", Assert.IsType<CommandResult<SprintState>.Rejected>(tooEarly).Rejection.Rule);
        Assert.IsType<CommandResult<SprintState>.Appended>(started);
        Assert.Equal("s2", await HolderAsync(fixture));
        Assert.Equal("sprint.active.exists", Assert.IsType<CommandResult<SprintState>.Rejected>(await StartAsync(fixture, "s1")).Rejection.Rule);
    }

    [Fact]
    public async Task A_sprint_that_is_active_keeps_its_place_however_long_it_takes()
    {
        await using var fixture = await StartAsync();
        await PlanAsync(fixture, "s1");
        await PlanAsync(fixture, "s2");
        await StartAsync(fixture, "s1");

        time.Advance(TimeSpan.FromDays(14));

        Assert.IsType<CommandResult<SprintState>.Rejected>(await StartAsync(fixture, "s2"));
        Assert.Equal("s1", await HolderAsync(fixture));
    }

    [Fact]
    public async Task A_sprint_that_ended_without_giving_its_place_back_loses_it_at_once()
    {
        await using var fixture = await StartAsync();
        await PlanAsync(fixture, "s1");
        await PlanAsync(fixture, "s2");
        await StartAsync(fixture, "s1");
        await fixture.DoAsync<SprintState>("s1", static sprint => sprint.Complete());

        Assert.IsType<CommandResult<SprintState>.Appended>(await StartAsync(fixture, "s2"));
        Assert.Equal("s2", await HolderAsync(fixture));
    }

    [Fact]
    public async Task A_repeated_completion_gives_back_what_the_first_one_did_not_come_to()
    {
        await using var fixture = await StartAsync();
        await PlanAsync(fixture, "s1");
        await StartAsync(fixture, "s1");
        await fixture.DoAsync<SprintState>("s1", static sprint => sprint.Complete());

        var again = await fixture.Get<SprintCommands>().EndAsync(
            fixture.Store, new AggregateCommand<SprintState> { Id = AggregateId.Parse("s1"), Decide = static sprint => sprint.Complete() }, CancellationToken.None);

        Assert.IsType<CommandResult<SprintState>.Rejected>(again);
        Assert.Null(await HolderAsync(fixture));
    }

    [Fact]
    public async Task A_version_whose_release_was_never_planned_is_free_after_a_minute()
    {
        await using var fixture = await StartAsync();
        var version = Reservation.OfReleaseVersion("1.0.0");
        await fixture.DoAsync<ReservationState>(version.Id.Value, reservation => reservation.Make(AggregateId.Parse("v1"), version));

        var tooEarly = await PlanReleaseAsync(fixture, "v2");
        time.Advance(ReservationDesk.Grace + TimeSpan.FromTicks(1));
        var planned = await PlanReleaseAsync(fixture, "v2");

        Assert.Equal("release.version.exists", Assert.IsType<CommandResult<ReleaseState>.Rejected>(tooEarly).Rejection.Rule);
        Assert.IsType<CommandResult<ReleaseState>.Appended>(planned);
    }

    [Fact]
    public async Task A_name_that_is_another_releases_leaves_the_version_free()
    {
        await using var fixture = await StartAsync();
        await PlanReleaseAsync(fixture, "v1");
        var other = new NewRelease("2.0.0", "production");

        var taken = await PlanReleaseAsync(fixture, "v1", other);
        var planned = await PlanReleaseAsync(fixture, "v2", other);

        Assert.IsType<CommandResult<ReleaseState>.VersionConflict>(taken);
        Assert.IsType<CommandResult<ReleaseState>.Appended>(planned);
    }

    private Task<ReadModelFixture> StartAsync() => ReadModelFixture.StartAsync(services => services.AddSingleton<TimeProvider>(time));

    private static Task PlanAsync(ReadModelFixture fixture, string id) => fixture.DoAsync<SprintState>(id, static sprint => sprint.Create(new NewSprint
    {
        Name = "Sprint",
        StartDate = new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero),
        EndDate = new DateTimeOffset(2026, 12, 7, 0, 0, 0, TimeSpan.Zero),
        Items = [new NewSprintItem { Id = "i1", Title = "Work", StoryPoints = 3 }],
    }));

    private static Task ReserveAsync(ReadModelFixture fixture, string holder) => fixture.DoAsync<ReservationState>(
        Reservation.ActiveSprint.Id.Value, reservation => reservation.Make(AggregateId.Parse(holder), Reservation.ActiveSprint));

    private static Task<CommandResult<SprintState>> StartAsync(ReadModelFixture fixture, string id) => fixture.Get<SprintCommands>().StartAsync(
        fixture.Store, new AggregateCommand<SprintState> { Id = AggregateId.Parse(id), Decide = static sprint => sprint.Start() }, CancellationToken.None);

    private static Task<CommandResult<ReleaseState>> PlanReleaseAsync(ReadModelFixture fixture, string id, NewRelease? release = null)
    {
        var planned = release ?? new NewRelease("1.0.0", "production");
        return fixture.Get<ReleaseCommands>().CreateAsync(
            fixture.Store, planned,
            new AggregateCommand<ReleaseState> { Id = AggregateId.Parse(id), Decide = state => state.Create(planned), Expected = ExpectedPosition.NoStream },
            CancellationToken.None);
    }

    private static async Task<string?> HolderAsync(ReadModelFixture fixture) =>
        (await fixture.StateAsync<ReservationState>(Reservation.ActiveSprint.Id.Value)).Holder;
}
