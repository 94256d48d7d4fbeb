using Xunit.Abstractions;

namespace QANexus.EventStore.Cosmos.Tests.Subscriptions;

/// <summary>
/// What a process pays that remembers nothing, as the operations notes state it: the sums that LocalCosmos charges for whole deliveries, by the
/// published model, to a tenth of a unit.
/// </summary>
public sealed class RestartBudgetTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1, 11.3)]
    [InlineData(20, 10.5)]
    public async Task The_first_checkpoint_after_a_restart_costs_the_read_of_the_old_one_more(int streams, double expected)
    {
        await using var fixture = await DeliveryFixture.StartAsync();
        await AppendAsync(fixture, streams);
        await DeliverAsync(fixture);
        await AppendAsync(fixture, streams);
        fixture.Start();

        var lines = await DeliverAsync(fixture);

        Assert.Equal(2 * streams, fixture.Subscriber.Deliveries.Count);
        Assert.Equal(expected, Sum(lines, "subscriptions") / streams, tolerance: 0.05);
    }

    [Theory]
    [InlineData(1, 6.8)]
    [InlineData(20, 5.9)]
    public async Task The_first_checkpoint_of_a_stream_costs_a_look_for_an_older_one_and_the_creation(int streams, double expected)
    {
        await using var fixture = await DeliveryFixture.StartAsync();
        await AppendAsync(fixture, streams);

        var lines = await DeliverAsync(fixture);

        Assert.Equal(streams, fixture.Subscriber.Deliveries.Count);
        Assert.Equal(expected, Sum(lines, "subscriptions") / streams, tolerance: 0.05);
    }

    [Theory]
    [InlineData(20, 2.9)]
    [InlineData(400, 2.9)]
    public async Task A_gap_of_nothing_of_interest_costs_one_query_whatever_its_length_and_no_write(int commits, double expected)
    {
        await using var fixture = await DeliveryFixture.StartAsync();
        await AppendAsync(fixture, streams: 1);
        await DeliverAsync(fixture);
        for (var commit = 0; commit < commits; commit++)
        {
            await fixture.AppendAsync("Requirement:r0", events: 1, type: "RequirementViewed");
        }

        fixture.Start();

        // The trigger's lease is past all of them but the last.
        var lines = await DeliverAsync(fixture, last: 1);

        Assert.Equal(expected, Sum(lines, "events"), tolerance: 0.05);
        Assert.Single(lines, static line => line.Contains("/events/", StringComparison.Ordinal));
        Assert.Equal(1, Sum(lines, "subscriptions"));
        Assert.Single(fixture.Subscriber.Deliveries);
    }

    [Fact]
    public async Task A_gap_with_an_event_of_interest_in_it_is_handled_with_the_same_query_and_one_checkpoint()
    {
        await using var fixture = await DeliveryFixture.StartAsync();
        await AppendAsync(fixture, streams: 1);
        await DeliverAsync(fixture);
        await AppendAsync(fixture, streams: 1);
        for (var commit = 0; commit < 20; commit++)
        {
            await fixture.AppendAsync("Requirement:r0", events: 1, type: "RequirementViewed");
        }

        fixture.Start();

        var lines = await DeliverAsync(fixture, last: 1);

        Assert.Equal(2, fixture.Subscriber.Deliveries.Count);
        Assert.Equal(2.9, Sum(lines, "events"), tolerance: 0.05);
        Assert.Equal(11.3, Sum(lines, "subscriptions"), tolerance: 0.05);
    }

    private static async Task AppendAsync(DeliveryFixture fixture, int streams)
    {
        for (var stream = 0; stream < streams; stream++)
        {
            await fixture.AppendAsync($"Requirement:r{stream}", events: 1);
        }
    }

    /// <summary>Delivers the newest changes of the feed, or all, as one batch.</summary>
    /// <returns>Every request that the delivery made.</returns>
    private async Task<IReadOnlyList<string>> DeliverAsync(DeliveryFixture fixture, int last = int.MaxValue)
    {
        var pages = await fixture.ReadFeedAsync(pageSize: 1_000);
        var documents = pages.SelectMany(static page => Newtonsoft.Json.Linq.JArray.Parse(page)).TakeLast(last);
        fixture.Process.Requests.Clear();
        await fixture.DeliverAsync(new Newtonsoft.Json.Linq.JArray(documents).ToString());
        var lines = fixture.Process.Requests.Lines;
        lines.ToList().ForEach(output.WriteLine);
        return lines;
    }

    private static double Sum(IEnumerable<string> lines, string container) =>
        lines.Where(line => line.Contains($"/{container}/", StringComparison.Ordinal)).Sum(ChargeOf);

    private static double ChargeOf(string line) => double.Parse(line.Split(' ')[^2], System.Globalization.CultureInfo.InvariantCulture);
}
