using QANexus.EventStore.Appending;
using QANexus.EventStore.Cosmos.Tests.Fixture;
using QANexus.EventStore.Streams;
using Xunit.Abstractions;

namespace QANexus.EventStore.Cosmos.Tests.Appending;

/// <summary>
/// The request units and round trips of the architecture's budget, by the published model that LocalCosmos charges: a model, not a bill.
/// </summary>
public sealed class BudgetTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(null)]
    [InlineData("key")]
    public async Task One_event_of_1_KB_at_a_trusted_position(string? key)
    {
        await using var fixture = await StoreFixture.StartAsync();
        var start = await StartAsync(fixture);
        await MeasureAsync(fixture, 8.5, 1, () => AppendAsync(fixture, start, Some.Events(1, dataBytes: 1_024), key));
    }

    [Fact]
    public async Task The_first_event_of_a_stream()
    {
        await using var fixture = await StoreFixture.StartAsync();
        await MeasureAsync(fixture, 8.5, 1, () => fixture.Store.AppendAsync(
            Some.Append(ExpectedPosition.NoStream, Some.Events(1, dataBytes: 1_024)), CancellationToken.None));
    }

    [Fact]
    public async Task Twenty_events_of_400_bytes_and_three_types_at_a_trusted_position()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var start = await StartAsync(fixture);
        string[] types = ["RequirementCreated", "RequirementAnalyzed", "RequirementApproved"];
        NewEvent[] events = [.. Some.Events(20, dataBytes: 400).Select((e, n) => e with { Type = EventType.Parse(types[n % 3]) })];
        await MeasureAsync(fixture, 10.8, 1, () => AppendAsync(fixture, start, events));
    }

    [Fact]
    public async Task A_position_in_memory_needs_no_look_up()
    {
        await using var fixture = await StoreFixture.StartAsync();
        await StartAsync(fixture);
        await MeasureAsync(fixture, 8.5, 1, () => fixture.Store.AppendAsync(
            Some.Append(ExpectedPosition.Any, Some.Events(1, dataBytes: 1_024)), CancellationToken.None));
    }

    [Fact]
    public async Task A_position_that_must_be_found_costs_one_query_more()
    {
        await using var fixture = await StoreFixture.StartAsync();
        await StartAsync(fixture);
        var other = fixture.StartProcess();
        await other.For("t1").ReadAllAsync(StreamId.Parse("Warm:up"));
        other.Requests.Clear();
        var result = await other.For("t1").AppendAsync(Some.Append(ExpectedPosition.Any, Some.Events(1, dataBytes: 1_024)), CancellationToken.None);
        Assert.Equal(2, other.Requests.Total.RoundTrips);
        Assert.InRange(result.RequestCharge, 0, 8.5 + 2.9);
    }

    [Theory]
    [InlineData("key", 12, 2)]
    [InlineData(null, 9, 1)]
    public async Task A_conflict_of_1_KB_answers_with_the_winners_position(string? key, double budget, int queries)
    {
        await using var fixture = await StoreFixture.StartAsync();
        var stale = await StartAsync(fixture);
        var winner = (await AppendAsync(fixture, stale, Some.Events(1))).Position();
        fixture.Process.Requests.QueriesTogether = queries;
        var result = await MeasureAsync(fixture, budget, 2, () => AppendAsync(fixture, stale, Some.Events(1, dataBytes: 1_024), key));
        Assert.Equal(winner, result.Conflict().Current);
    }

    [Fact]
    public async Task A_cached_state_is_kept_current_by_one_point_read()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var known = await StartAsync(fixture);
        await MeasureReadAsync(fixture, 1, 1, async () => (await fixture.Store.ReadAfterAsync(Some.Stream, known, CancellationToken.None)).RequestCharge);
    }

    [Fact]
    public async Task A_hundred_events_of_400_bytes_in_twenty_commits_load_cold_in_one_round_trip()
    {
        await using var fixture = await StoreFixture.StartAsync();
        for (var commit = 0; commit < 20; commit++)
        {
            await fixture.Store.AppendAsync(Some.Append(ExpectedPosition.Any, Some.Events(5, dataBytes: 400)), CancellationToken.None);
        }

        await MeasureReadAsync(fixture, 8, 1, async () =>
        {
            var slice = await fixture.Store.ReadAfterAsync(Some.Stream, StreamPosition.Start, CancellationToken.None);
            Assert.Equal(100, slice.Events.Count);
            return slice.RequestCharge;
        });
        await MeasureReadAsync(fixture, 8, 1, async () => (await fixture.Store.ReadAsync(Some.Stream, new(), CancellationToken.None)).RequestCharge);
    }

    private static async Task<StreamPosition> StartAsync(StoreFixture fixture) =>
        (await fixture.Store.AppendAsync(Some.Append(ExpectedPosition.NoStream, Some.Events(1)), CancellationToken.None)).Position();

    private static Task<AppendResult> AppendAsync(StoreFixture fixture, StreamPosition at, IReadOnlyList<NewEvent> events, string? key = null) =>
        fixture.Store.AppendAsync(
            Some.Append(ExpectedPosition.At(at), events) with { CommitId = key is null ? null : CommitId.Parse(key) }, CancellationToken.None);

    private async Task<AppendResult> MeasureAsync(StoreFixture fixture, double budget, int roundTrips, Func<Task<AppendResult>> operation)
    {
        AppendResult? result = null;
        await MeasureReadAsync(fixture, budget, roundTrips, async () => (result = await operation()).RequestCharge);
        return result!;
    }

    private async Task MeasureReadAsync(StoreFixture fixture, double budget, int roundTrips, Func<Task<double>> operation)
    {
        fixture.Process.Requests.Clear();
        var reported = await operation();
        var total = fixture.Process.Requests.Total;
        output.WriteLine($"{total.Charge:0.00} RU of {budget}, {total.RoundTrips} round trips, {total.Requests} requests");
        Assert.Equal(total.Charge, reported, precision: 6);
        Assert.InRange(total.Charge, 0.5, budget);
        Assert.Equal(roundTrips, total.RoundTrips);
    }
}
