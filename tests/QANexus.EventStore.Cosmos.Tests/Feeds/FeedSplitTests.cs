using QANexus.EventStore.Cosmos.Schema;
using QANexus.EventStore.Cosmos.Tests.Fixture;
using QANexus.LocalCosmos.Faults;
using static QANexus.EventStore.Cosmos.Tests.Feeds.FeedSteps;

namespace QANexus.EventStore.Cosmos.Tests.Feeds;

/// <summary>Feeds of a tenant while its physical partition is split.</summary>
public sealed class FeedSplitTests
{
    [Fact]
    public async Task Splits_between_pages_lose_and_repeat_nothing()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var versions = await FillAsync(fixture.Store, streams: 6, events: 60, eventsPerCommit: static _ => 1);
        await FillAsync(fixture.Process.For("t2"), streams: 6, events: 60, eventsPerCommit: static _ => 1);
        var reader = new FeedReader(fixture.Store);

        await reader.CatchUpAsync(7, page => page is 2 or 4 ? SplitWhereTenantIsAsync(fixture) : Task.CompletedTask);

        reader.HasAll(versions);
    }

    /// <summary>From such a split on the SDK reads ranges of hashes, which must stay inside the tenant's.</summary>
    [Fact]
    public async Task Splits_inside_a_tenant_let_no_neighbour_in_and_are_not_charged_for_one()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var versions = await FillAsync(fixture.Store, streams: 12, events: 120, eventsPerCommit: static _ => 1);
        await FillAsync(fixture.Process.For("t2"), streams: 12, events: 120, eventsPerCommit: static _ => 1);
        await FillAsync(fixture.Process.For("t3"), streams: 12, events: 120, eventsPerCommit: static _ => 1);
        var unsplit = new FeedReader(fixture.Store);
        await unsplit.CatchUpAsync(10);

        var reader = new FeedReader(fixture.Store);
        await reader.CatchUpAsync(10, page => page is 3 ? SplitInsideTenantAsync(fixture, "20") : page is 6 ? SplitInsideTenantAsync(fixture, "30") : Task.CompletedTask);
        reader.HasAll(versions);
        Assert.All(reader.Received, static e => Assert.StartsWith("t1-", e.Stream.AggregateId.Value, StringComparison.Ordinal));

        // One that begins after the splits finds the same. Three parts answer instead of one, and each says for itself that it has no more.
        var later = new FeedReader(fixture.StartProcess().For("t1"));
        await later.CatchUpAsync(10);
        later.HasAll(versions);
        Assert.InRange(later.Charge, unsplit.Charge, unsplit.Charge * 1.5);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Repeated_late_and_mixed_pages_with_splits_in_between_lose_nothing(int seed)
    {
        await using var fixture = await StoreFixture.StartAsync();
        var versions = await FillAsync(fixture.Store, streams: 9, events: 150, eventsPerCommit: static n => 1 + (n % 4));
        await FillAsync(fixture.Process.For("t2"), streams: 9, events: 60, eventsPerCommit: static _ => 1);
        var reader = new FeedReader(fixture.Store);
        using (fixture.Account.Faults.Add(new FaultRule { Fault = new DuplicateFeedFault(), Probability = 0.3, Seed = seed }))
        using (fixture.Account.Faults.Add(new FaultRule { Fault = new ReorderedFeedFault(), Probability = 0.5, Seed = seed }))
        using (fixture.Account.Faults.Add(new FaultRule { Fault = new LateFeedFault(Pages: 3), Probability = 0.1, Seed = seed }))
        {
            await reader.CatchUpAsync(4, page => page % 9 == 8 && page < 60 ? SplitWhereTenantIsAsync(fixture) : Task.CompletedTask);
        }

        for (var i = 0; i < 4; i++)
        {
            // What was late when the last page came is due now.
            await reader.ReadAsync(1_000);
        }

        reader.HasAll(versions, mayRepeat: true);
    }

    /// <summary>Splits the physical partition that has the first tenant's key in it, in the middle: seldom inside the tenant.</summary>
    private static Task SplitWhereTenantIsAsync(StoreFixture fixture) => SplitAsync(fixture, middle: null);

    /// <summary>Splits inside the first tenant's keys, behind the streams whose hashes begin lower than <paramref name="digits"/>.</summary>
    private static Task SplitInsideTenantAsync(StoreFixture fixture, string digits) => SplitAsync(fixture, FirstTenantHash + digits);

    /// <summary>The hash of the key <c>["t1"]</c>, from the list of known values of the SDK.</summary>
    private const string FirstTenantHash = "3D48BB14DA9D090D22112C96695028B6";

    private static async Task SplitAsync(StoreFixture fixture, string? middle)
    {
        var ranges = await fixture.StartProcess().Client.GetContainer("qanexus", ContainerNames.Events).GetFeedRangesAsync();
        var bounds = ranges.Select(static range => System.Text.Json.JsonDocument.Parse(range.ToJsonString()).RootElement.GetProperty("Range"))
            .Select(static range => (Min: range.GetProperty("min").GetString()!, Max: range.GetProperty("max").GetString()!)).ToList();
        var key = middle ?? FirstTenantHash;
        var index = bounds.FindIndex(range => string.CompareOrdinal(range.Min, key) <= 0 && string.CompareOrdinal(key, range.Max) < 0);
        var id = fixture.Account.PartitionKeyRangeIds("qanexus", ContainerNames.Events)[index];
        await (middle is null
            ? fixture.Account.SplitAsync("qanexus", ContainerNames.Events, id)
            : fixture.Account.SplitAsync("qanexus", ContainerNames.Events, id, middle));
    }
}
