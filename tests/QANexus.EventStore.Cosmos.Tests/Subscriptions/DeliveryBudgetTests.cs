using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;
using Xunit.Abstractions;

namespace QANexus.EventStore.Cosmos.Tests.Subscriptions;

/// <summary>The rows of the architecture's budget that are about delivery, by the published model that LocalCosmos charges.</summary>
public sealed class DeliveryBudgetTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    public async Task An_event_of_400_bytes_twenty_a_commit_is_read_twice_for_less_than_a_sixth_of_a_unit(int streams)
    {
        await using var fixture = await DeliveryFixture.StartAsync();
        await AppendAsync(fixture, streams, events: 20, dataBytes: 400);
        await WarmAsync(fixture);
        fixture.Process.Requests.Clear();

        var page = Assert.Single(await fixture.ReadFeedAsync());
        await fixture.Get<ICommitSource>().ReadAsync(
            [.. Doorbells(page).Select(static doorbell => new CommitAddress(doorbell.Stream, doorbell.Commit))], new DeliveryMeter(), CancellationToken.None);

        // Without the feed's last answer, that there is no more.
        var lines = fixture.Process.Requests.Lines.Where(static line => !line.Contains(" 304 ", StringComparison.Ordinal)).ToList();
        output.WriteLine($"{lines.Sum(ChargeOf) / (20 * streams):0.000} RU an event\n{string.Join('\n', lines)}");
        Assert.InRange(lines.Sum(ChargeOf) / (20 * streams), 0, 0.15);
        Assert.Equal(2, lines.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    public async Task A_checkpoint_costs_less_than_11_units_a_stream_and_batch(int streams)
    {
        await using var fixture = await DeliveryFixture.StartAsync();
        await AppendAsync(fixture, streams, events: 1, dataBytes: 0);
        await fixture.DeliverAsync(Assert.Single(await fixture.ReadFeedAsync()));
        await AppendAsync(fixture, streams, events: 3, dataBytes: 0);
        var batch = Assert.Single(await fixture.ReadFeedAsync());
        fixture.Process.Requests.Clear();

        await fixture.DeliverAsync(batch);

        var lines = fixture.Process.Requests.Lines.Where(static line => line.Contains("/subscriptions/", StringComparison.Ordinal)).ToList();
        output.WriteLine(string.Join('\n', fixture.Process.Requests.Lines));
        var line = Assert.Single(lines);
        Assert.InRange(ChargeOf(line) / streams, 0.1, 11);
        Assert.Equal(4 * streams, fixture.Subscriber.Deliveries.Count);
    }

    [Fact]
    public async Task The_checkpoints_of_many_streams_are_found_with_one_read_after_a_restart()
    {
        await using var fixture = await DeliveryFixture.StartAsync();
        await AppendAsync(fixture, streams: 20, events: 1, dataBytes: 0);
        await fixture.DeliverAsync(Assert.Single(await fixture.ReadFeedAsync()));
        await AppendAsync(fixture, streams: 20, events: 1, dataBytes: 0);
        fixture.Start();
        var batch = Assert.Single(await fixture.ReadFeedAsync());
        await WarmAsync(fixture);
        fixture.Process.Requests.Clear();

        await fixture.DeliverAsync(batch);

        output.WriteLine(string.Join('\n', fixture.Process.Requests.Lines));
        var charges = fixture.Process.Requests.Lines.Where(static line => line.Contains("/subscriptions/", StringComparison.Ordinal)).Select(ChargeOf).ToList();
        Assert.Equal(2, charges.Count);
        Assert.InRange(charges.Sum() / 20, 0, 11);
    }

    [Fact]
    public async Task A_gap_without_anything_of_interest_is_looked_through_for_3_units_in_one_round_trip()
    {
        await using var fixture = await DeliveryFixture.StartAsync();
        for (var commit = 0; commit < 20; commit++)
        {
            await fixture.AppendAsync("Requirement:r1", events: 1, type: "RequirementViewed");
        }

        await WarmAsync(fixture);
        fixture.Process.Requests.Clear();
        var stream = new StreamKey(TenantId.Parse("t1"), StreamId.Parse("Requirement:r1"));
        var interest = EventInterest.In([EventType.Parse("RequirementCreated")], EventStore.Upcasting.EventCatalog.Empty);

        var range = await fixture.Get<ICommitSource>().ReadRangeAsync(stream, 0, 20, interest, new DeliveryMeter(), CancellationToken.None);

        Assert.Equal(20, Assert.Single(range.Commits).Number);
        Assert.Equal(1, fixture.Process.Requests.Total.RoundTrips);
        Assert.InRange(fixture.Process.Requests.Total.Charge, 0, 3);
    }

    [Fact]
    public async Task What_is_of_no_interest_costs_nothing_at_all()
    {
        await using var fixture = await DeliveryFixture.StartAsync();
        await fixture.AppendAsync("Requirement:r1", events: 1);
        await fixture.DeliverAsync(Assert.Single(await fixture.ReadFeedAsync()));
        await fixture.AppendAsync("Requirement:r1", events: 1, type: "RequirementViewed");
        var batch = Assert.Single(await fixture.ReadFeedAsync());
        fixture.Process.Requests.Clear();

        await fixture.DeliverAsync(batch);

        Assert.Equal(0, fixture.Process.Requests.Total.Requests);
    }

    private static async Task AppendAsync(DeliveryFixture fixture, int streams, int events, int dataBytes)
    {
        for (var stream = 0; stream < streams; stream++)
        {
            await fixture.AppendAsync($"Requirement:r{stream}", events, dataBytes);
        }
    }

    /// <summary>The SDK learns the partition ranges of a container with its first request for more than one document.</summary>
    private static async Task WarmAsync(DeliveryFixture fixture) => await fixture.Get<ICommitSource>().ReadAsync(
        [.. new[] { "Warm:up", "Warm:too" }.Select(static stream => new CommitAddress(new StreamKey(TenantId.Parse("t1"), StreamId.Parse(stream)), 1))],
        new DeliveryMeter(), CancellationToken.None);

    private static IReadOnlyList<Doorbell> Doorbells(string batch) => DoorbellReader.Read(batch, static reason => Assert.Fail(reason));

    private static double ChargeOf(string line) => double.Parse(line.Split(' ')[^2], System.Globalization.CultureInfo.InvariantCulture);
}
