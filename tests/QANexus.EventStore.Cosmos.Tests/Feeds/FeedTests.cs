using System.Globalization;
using Microsoft.Azure.Cosmos;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Cosmos.Tests.Fixture;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Feeds;
using QANexus.EventStore.Querying;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;
using QANexus.LocalCosmos.Faults;
using static QANexus.EventStore.Cosmos.Tests.Feeds.FeedSteps;

namespace QANexus.EventStore.Cosmos.Tests.Feeds;

public sealed class FeedTests
{
    [Fact]
    public async Task A_thousand_events_are_complete_and_in_order_whatever_the_size_of_a_page()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var versions = await FillAsync(fixture.Store, streams: 7, events: 1_000, eventsPerCommit: static n => 1 + (n * 5 % 8));
        await FillAsync(fixture.Process.For("t2"), streams: 3, events: 50, eventsPerCommit: static _ => 2);

        foreach (var maxCount in Enumerable.Range(1, 7).Append(200).Append(1_000))
        {
            var reader = new FeedReader(fixture.Store);
            await reader.CatchUpAsync(maxCount);

            reader.HasAll(versions);
            Assert.InRange(reader.Pages, 1, (1_000 / maxCount) + 1);
        }
    }

    [Fact]
    public async Task A_page_ends_with_the_commit_that_reaches_the_number_asked_for()
    {
        await using var fixture = await StoreFixture.StartAsync();
        await fixture.Store.AppendAsync(Some.Append(ExpectedPosition.Any, Some.Events(3)), CancellationToken.None);
        await fixture.Store.AppendAsync(Some.Append(ExpectedPosition.Any, Some.Events(4)), CancellationToken.None);
        var reader = new FeedReader(fixture.Store);

        Assert.Equal(3, (await reader.ReadAsync(1)).Events.Count());
        Assert.Equal(4, (await reader.ReadAsync(2)).Events.Count());
        Assert.Equal((0, true), (await reader.ReadAsync(2) is var end ? (end.Events.Count(), end.IsCaughtUp) : default));
    }

    [Fact]
    public async Task Every_commit_of_a_page_can_be_gone_on_from()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var versions = await FillAsync(fixture.Store, streams: 5, events: 120, eventsPerCommit: static n => 1 + (n % 3));
        var whole = new FeedReader(fixture.Store);
        await whole.CatchUpAsync(1_000);
        var page = await fixture.Store.ReadFeedAsync(after: null, new FeedReadOptions { MaxCount = 1_000 }, CancellationToken.None);

        for (var i = 0; i < page.Commits.Count; i++)
        {
            var reader = new FeedReader(fixture.Store) { Position = page.Commits[i].Position.ToString() };
            await reader.CatchUpAsync(7);

            Assert.Equal(
                page.Commits.Skip(i + 1).SelectMany(static c => c.Events).Select(static e => e.Id), reader.Received.Select(static e => e.Id));
        }

        whole.HasAll(versions);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    public async Task A_redaction_delivers_its_commit_again_and_hides_none_from_who_was_in_the_middle_of_its_page(int streams)
    {
        await using var fixture = await StoreFixture.StartAsync();
        await FillAsync(fixture.Store, streams, events: 8, eventsPerCommit: static _ => 1);
        var page = await fixture.Store.ReadFeedAsync(after: null, new FeedReadOptions { MaxCount = 8 }, CancellationToken.None);
        var reader = new FeedReader(fixture.Store) { Position = page.Commits[3].Position.ToString() };

        // The page that is read again has lost its first commit, so that counting would leave out one that was never given.
        var first = page.Commits[0].Events[0];
        await RedactAsync(fixture, first);
        await reader.CatchUpAsync(1);

        Assert.Equal(
            page.Commits.Skip(4).SelectMany(static c => c.Events).Select(static e => e.Id).Append(first.Id), reader.Received.Select(static e => e.Id));
        Assert.Equal("why", reader.Received[^1].Redaction!.Reason);
        Assert.All(reader.Received.SkipLast(1), static e => Assert.Null(e.Redaction));
    }

    [Fact]
    public async Task A_late_commit_is_missed_by_a_query_since_a_time_and_never_by_a_feed()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var noon = new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
        fixture.Clock.Now = noon;
        await fixture.Store.AppendAsync(Some.Append(ExpectedPosition.Any, Some.Event()), CancellationToken.None);
        var reader = new FeedReader(fixture.Store);
        await reader.CatchUpAsync();
        var seen = (await fixture.Store.QueryAsync(new EventQuery(), CancellationToken.None)).Events;

        // Another process stores an event now, and its clock is a minute behind.
        fixture.Clock.Now = noon.AddMinutes(-1);
        await fixture.StartProcess().For("t1").AppendAsync(
            new AppendRequest { Stream = StreamId.Parse("Sprint:late"), Events = [Some.Event("SprintStarted")], Expected = ExpectedPosition.Any },
            CancellationToken.None);
        var since = await fixture.Store.QueryAsync(new EventQuery { Since = seen[^1].OccurredAt }, CancellationToken.None);
        await reader.CatchUpAsync();

        Assert.Empty(since.Events);
        Assert.Equal(["Requirement:r1", "Sprint:late"], reader.Received.Select(static e => e.Stream.ToString()));
    }

    [Fact]
    public async Task Reading_a_feed_costs_the_point_reads_of_what_it_delivers()
    {
        await using var fixture = await StoreFixture.StartAsync();
        for (var i = 0; i < 50; i++)
        {
            await fixture.Store.AppendAsync(Some.Append(ExpectedPosition.Any, Some.Events(20, dataBytes: 400)), CancellationToken.None);
        }

        var reader = new FeedReader(fixture.Store);
        await reader.CatchUpAsync();

        // 20 events of 400 B are a document of about 10 KB: a point read of about 1.4 RU. The last RU is for hearing that there is no more.
        Assert.Equal((1_000, 6), (reader.Received.Count, reader.Pages));
        Assert.InRange((reader.Charge - 1) / 5, 14, 14.5);
    }

    [Fact]
    public async Task A_damaged_document_is_met_after_what_comes_before_it()
    {
        await using var fixture = await StoreFixture.StartAsync();
        await FillAsync(fixture.Store, streams: 1, events: 3, eventsPerCommit: static _ => 1);
        await ReplaceAsync(fixture, StreamId.Parse("Requirement:t1-0"), commit: 3, static text => text.Replace("\"count\"", "\"broken\":{},\"version\":\"x\",\"count\"", StringComparison.Ordinal));
        var reader = new FeedReader(fixture.Store);

        Assert.Equal(2, (await reader.ReadAsync()).Events.Count());
        await Assert.ThrowsAsync<CorruptStreamException>(() => reader.ReadAsync());
    }

    [Fact]
    public async Task Throttling_and_failures_are_told_apart_and_leave_the_position_good()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var versions = await FillAsync(fixture.Store, streams: 2, events: 20, eventsPerCommit: static _ => 1);
        var reader = new FeedReader(fixture.Store);
        await reader.ReadAsync(5);

        using (fixture.Account.Faults.Add(new FaultRule { Fault = new StatusFault(429), Requests = [LocalCosmos.Routing.RequestKind.ChangeFeed] }))
        {
            await Assert.ThrowsAsync<StoreThrottledException>(() => reader.ReadAsync(5));
        }

        using (fixture.Account.Faults.Add(new FaultRule { Fault = new StatusFault(503), Requests = [LocalCosmos.Routing.RequestKind.ChangeFeed] }))
        {
            await Assert.ThrowsAsync<StoreUnavailableException>(() => reader.ReadAsync(5));
        }

        using (fixture.Account.Faults.Add(new FaultRule { Fault = new CutBodyFault(), Requests = [LocalCosmos.Routing.RequestKind.ChangeFeed], Times = 2 }))
        {
            await reader.CatchUpAsync(5);
        }

        reader.HasAll(versions);
    }

    /// <summary>As a redactor would: the data goes, the envelope stays.</summary>
    private static Task RedactAsync(StoreFixture fixture, RecordedEvent e) => ReplaceAsync(fixture, e.Stream, e.Commit, static text => text.Replace(
        "\"data\":", "\"redaction\":{\"at\":\"2026-11-23T12:00:00Z\",\"by\":\"ann\",\"reason\":\"why\"},\"data\":", StringComparison.Ordinal));

    private static async Task ReplaceAsync(StoreFixture fixture, StreamId stream, long commit, Func<string, string> change)
    {
        var key = new PartitionKeyBuilder().Add("t1").Add(stream.ToString()).Build();
        var id = commit.ToString("D10", CultureInfo.InvariantCulture);
        using var found = await fixture.Events.ReadItemStreamAsync(id, key);
        using var text = new StreamReader(found.Content);
        using var changed = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(change(await text.ReadToEndAsync())));
        using var replaced = await fixture.Events.ReplaceItemStreamAsync(changed, id, key);
        replaced.EnsureSuccessStatusCode();
    }
}
