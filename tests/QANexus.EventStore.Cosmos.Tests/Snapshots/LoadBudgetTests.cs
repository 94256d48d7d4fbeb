using Microsoft.Extensions.DependencyInjection;
using QANexus.EventStore.Aggregates;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Cosmos.Tests.Fixture;
using QANexus.EventStore.Snapshots;
using QANexus.Testing.Samples;
using Xunit.Abstractions;

namespace QANexus.EventStore.Cosmos.Tests.Snapshots;

/// <summary>What loads cost, by the published model that LocalCosmos charges: a model, not a bill.</summary>
public sealed class LoadBudgetTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_stream_of_5000_events_with_a_snapshot_of_8_KB_at_most_10_commits_behind()
    {
        await using var fixture = await SnapshotFixture.StartAsync();
        await fixture.Store.Store.AppendAsync(
            Some.Append(ExpectedPosition.NoStream, Some.Event("RequirementNoted", data: $$"""{"text":"{{new string('n', 7_000)}}"}""")),
            CancellationToken.None);
        await fixture.AppendAsync(4_879, perCommit: 500);
        await fixture.AppendAsync(100, perCommit: 20, bytes: 60);
        Assert.Equal(SnapshotOutcome.Taken, await fixture.TakeAsync());
        Assert.InRange((await fixture.ReadDocumentAsync())!.ToJsonString().Length, 7_000, 8_192);

        var short10 = await MeasureAsync(fixture, behind: 10, perCommit: 1, bytes: 400);
        Assert.InRange(short10.Charge, 1, 6);
        Assert.Equal(1, short10.RoundTrips);

        // Twice as far behind there is a gap to be read: two round trips, and no more.
        var far = await MeasureAsync(fixture, behind: 10, perCommit: 1, bytes: 400);
        Assert.Equal(2, far.RoundTrips);
        Assert.InRange(far.Charge, 1, 9);
    }

    [Fact]
    public async Task What_a_load_costs_does_not_grow_with_the_stream()
    {
        var charges = new List<double>();
        foreach (var events in new[] { 100, 1_000, 5_000 })
        {
            await using var fixture = await SnapshotFixture.StartAsync();
            await fixture.AppendAsync(events, perCommit: 500);
            await fixture.TakeAsync();
            charges.Add((await MeasureAsync(fixture, behind: 20, perCommit: 1, bytes: 0)).Charge);
        }

        Assert.All(charges, charge => Assert.InRange(charge, charges[0] - 0.2, charges[0] + 0.2));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_a_version_or_a_time_after_the_snapshot_costs_does_not_grow_with_the_stream(bool byTime)
    {
        var charges = new List<double>();
        foreach (var events in new[] { 100, 1_000, 5_000 })
        {
            await using var fixture = await SnapshotFixture.StartAsync();
            await fixture.AppendAsync(events, perCommit: 500);
            await fixture.TakeAsync();
            await fixture.AppendAsync(10, perCommit: 1);
            var time = fixture.Store.Clock.GetUtcNow();
            fixture.Store.Clock.Advance(TimeSpan.FromSeconds(1));
            await fixture.AppendAsync(10, perCommit: 1);
            fixture.Process.Requests.Clear();

            var past = await fixture.Process.Requirements().ReadPastAsync(
                Some.Stream.AggregateId, byTime ? new StateReadOptions { AsOf = time } : new StateReadOptions { Version = events + 10 }, CancellationToken.None);

            Assert.Equal(events + 10, past!.Version);
            Assert.Equal(fixture.Process.Requests.Total.Charge, past.RequestCharge, precision: 6);
            output.WriteLine($"version {past.Version}: {past.RequestCharge:0.00} RU");
            charges.Add(past.RequestCharge);
        }

        // The snapshot, the events with the document of its own commit (100 or 500 small events), the tail, and where the time ends.
        Assert.All(charges, charge => Assert.InRange(charge, 1, byTime ? 15 : 12));
    }

    [Fact]
    public async Task A_time_that_part_of_the_snapshot_is_from_after_costs_a_look_at_the_snapshot_more_and_is_no_alarm()
    {
        await using var fixture = await SnapshotFixture.StartAsync();
        var start = new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
        foreach (var seconds in new[] { 0, 10, 1 })
        {
            // The writer of the second commit has a clock that is fast.
            fixture.Store.Clock.Now = start.AddSeconds(seconds);
            await fixture.AppendAsync(5, perCommit: 5);
        }

        var options = new StateReadOptions { AsOf = start.AddSeconds(2) };
        var before = await fixture.Process.Requirements().ReadPastAsync(Some.Stream.AggregateId, options, CancellationToken.None);
        Assert.Equal(SnapshotOutcome.Taken, await fixture.TakeAsync());
        var after = await fixture.Process.Requirements().ReadPastAsync(Some.Stream.AggregateId, options, CancellationToken.None);

        Assert.Equal((5, 5), (before!.Version, after!.Version));
        Assert.Equal(SnapshotFixture.Json(before.State), SnapshotFixture.Json(after.State));
        Assert.InRange(after.RequestCharge - before.RequestCharge, 0, 0.5);
        Assert.Empty(fixture.Logs.Messages);
    }

    [Fact]
    public async Task A_remembered_state_costs_one_point_read_and_a_command_on_it_at_a_known_position_one_append()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var requirements = fixture.Process.Requirements();
        var command = new AggregateCommand<Requirement>
        {
            Id = Some.Stream.AggregateId, Decide = static _ => Requirement.Create("Sign in"), Expected = ExpectedPosition.NoStream,
        };
        var created = Assert.IsType<CommandResult<Requirement>.Appended>(await requirements.ExecuteAsync(command, CancellationToken.None));

        fixture.Process.Requests.Clear();
        Assert.Equal(1, (await requirements.LoadAsync(Some.Stream.AggregateId, CancellationToken.None)).RequestCharge, precision: 6);
        Assert.Equal((1, 1), (fixture.Process.Requests.Total.Requests, fixture.Process.Requests.Total.RoundTrips));

        fixture.Process.Requests.Clear();
        var result = await requirements.ExecuteAsync(
            command with
            {
                Decide = static state => state.Analyze(80), Expected = ExpectedPosition.At(created.Receipt.Position),
            },
            CancellationToken.None);
        Assert.IsType<CommandResult<Requirement>.Appended>(result);
        Assert.Equal(1, fixture.Process.Requests.Total.Requests);
        Assert.InRange(result.RequestCharge, 1, 8.5);
        Assert.Equal(fixture.Process.Requests.Total.Charge, result.RequestCharge, precision: 6);
    }

    [Fact]
    public async Task A_remembered_state_is_folded_anew_after_a_minute_however_often_it_was_refreshed()
    {
        await using var fixture = await StoreFixture.StartAsync();
        await fixture.Store.AppendAsync(
            Some.Append(ExpectedPosition.NoStream, SnapshotFixture.Analyzed(80)), CancellationToken.None);
        var requirements = fixture.Process.Requirements();
        for (var seconds = 0; seconds < 60; seconds += 20)
        {
            fixture.Process.Requests.Clear();
            await requirements.LoadAsync(Some.Stream.AggregateId, CancellationToken.None);
            Assert.Equal(seconds == 0 ? 2 : 1, fixture.Process.Requests.Total.Requests);
            fixture.Clock.Advance(TimeSpan.FromSeconds(20));
        }

        fixture.Process.Requests.Clear();
        await requirements.LoadAsync(Some.Stream.AggregateId, CancellationToken.None);
        Assert.Equal(2, fixture.Process.Requests.Total.Requests);
    }

    [Fact]
    public async Task A_load_keeps_a_snapshot_only_where_it_is_told_to()
    {
        await using var fixture = await SnapshotFixture.StartAsync();
        await fixture.AppendAsync(150);
        await fixture.LoadAsync();
        Assert.Null(await fixture.ReadDocumentAsync());

        var keeper = fixture.Store.StartProcess(static services => services.Configure<AggregateOptions>(
            static options => options.KeepSnapshotsOnLoad = true));
        var loaded = await keeper.Requirements().LoadAsync(Some.Stream.AggregateId, CancellationToken.None);
        Assert.Equal(keeper.Requests.Total.Charge, loaded.RequestCharge, precision: 6);
        Assert.Equal(150, (long)(await fixture.ReadDocumentAsync())!["version"]!);
        await fixture.AssertLoadsAsReplayedAsync();
    }

    private async Task<(double Charge, int RoundTrips)> MeasureAsync(SnapshotFixture fixture, int behind, int perCommit, int bytes)
    {
        await fixture.AppendAsync(behind, perCommit, bytes);
        fixture.Process.Requests.Clear();
        fixture.Process.Requests.ExpectTogether(2);
        var loaded = await fixture.LoadAsync();
        var total = fixture.Process.Requests.Total;
        output.WriteLine($"version {loaded.Position.Version}: {total.Charge:0.00} RU, {total.RoundTrips} round trips, {total.Requests} requests");
        Assert.Equal(total.Charge, loaded.RequestCharge, precision: 6);
        Assert.Equal(await fixture.ReplayAsync(), (SnapshotFixture.Json(loaded.State), loaded.Position));
        return (total.Charge, total.RoundTrips);
    }
}
