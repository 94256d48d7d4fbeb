using System.Globalization;
using Microsoft.Azure.Cosmos;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Cosmos.Schema;
using QANexus.EventStore.Cosmos.Tests.Fixture;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Feeds;
using QANexus.EventStore.Querying;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;
using QANexus.LocalCosmos.Faults;

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

    [Fact]
    public async Task Two_tenants_of_one_physical_partition_never_see_each_others_events()
    {
        await using var fixture = await StoreFixture.StartAsync();
        Assert.Single(fixture.Account.PartitionKeyRangeIds("qanexus", ContainerNames.Events));
        var ofFirst = await FillAsync(fixture.Store, streams: 3, events: 30, eventsPerCommit: static _ => 1);
        var ofSecond = await FillAsync(fixture.Process.For("t2"), streams: 3, events: 30, eventsPerCommit: static _ => 1);
        var (first, second) = (new FeedReader(fixture.Store), new FeedReader(fixture.Process.For("t2")));

        await first.CatchUpAsync(4);
        await second.CatchUpAsync(4);

        first.HasAll(ofFirst);
        second.HasAll(ofSecond);
        second.Position = first.Position;
        await Assert.ThrowsAsync<InvalidFeedPositionException>(() => second.ReadAsync());
    }

    [Fact]
    public async Task A_position_that_reaches_beyond_its_tenant_shows_nothing_of_others()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var versions = await FillAsync(fixture.Store, streams: 2, events: 6, eventsPerCommit: static _ => 1);
        await FillAsync(fixture.Process.For("t2"), streams: 2, events: 6, eventsPerCommit: static _ => 1);
        var rid = (await fixture.Events.ReadContainerAsync()).Resource.SelfLink.Split('/')[3];
        var reader = new FeedReader(fixture.Store)
        {
            Position = $$$""".{"V":2,"Rid":"{{{rid}}}","Continuation":[{"FeedRange":{"type":"Effective Partition Key Range","value":{"min":"","max":"FF"}},"State":{"type":"beginning"}}]}""",
        };

        await reader.CatchUpAsync(4);

        reader.HasAll(versions);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nothing")]
    [InlineData(".{}")]
    [InlineData(".[]")]
    [InlineData(".nothing")]
    [InlineData("abc.{}")]
    public async Task What_is_no_position_is_refused(string text)
    {
        await using var fixture = await StoreFixture.StartAsync();

        if (FeedPosition.TryParse(text, out var position))
        {
            await Assert.ThrowsAsync<InvalidFeedPositionException>(
                () => fixture.Store.ReadFeedAsync(position, new FeedReadOptions(), CancellationToken.None));
        }
    }

    [Fact]
    public async Task A_position_in_a_container_that_was_made_anew_is_refused_after_the_restart()
    {
        await using var fixture = await StoreFixture.StartAsync();
        await FillAsync(fixture.Store, streams: 1, events: 4, eventsPerCommit: static _ => 1);
        var page = await fixture.Store.ReadFeedAsync(after: null, new FeedReadOptions(), CancellationToken.None);
        await fixture.Events.DeleteContainerAsync();
        var process = fixture.StartProcess();
        await CosmosSchema.CreateAsync(process.Client, "qanexus", CancellationToken.None);

        foreach (var position in page.Commits.Select(static c => c.Position).Append(page.Position))
        {
            await Assert.ThrowsAsync<InvalidFeedPositionException>(
                () => process.For("t1").ReadFeedAsync(position, new FeedReadOptions(), CancellationToken.None));
        }
    }

    [Fact]
    public async Task A_position_in_a_container_that_was_made_anew_is_refused_by_the_process_that_gave_it_as_soon_as_there_is_something_to_miss()
    {
        await using var fixture = await StoreFixture.StartAsync();
        await FillAsync(fixture.Store, streams: 1, events: 4, eventsPerCommit: static _ => 1);
        var page = await fixture.Store.ReadFeedAsync(after: null, new FeedReadOptions(), CancellationToken.None);
        await fixture.Events.DeleteContainerAsync();
        await CosmosSchema.CreateAsync(fixture.Process.Client, "qanexus", CancellationToken.None);
        var versions = await FillAsync(fixture.StartProcess().For("t1"), streams: 1, events: 6, eventsPerCommit: static _ => 1);

        foreach (var position in page.Commits.Select(static c => c.Position).Append(page.Position))
        {
            await Assert.ThrowsAsync<InvalidFeedPositionException>(
                () => fixture.Store.ReadFeedAsync(position, new FeedReadOptions(), CancellationToken.None));
        }

        var reader = new FeedReader(fixture.Store);
        await reader.CatchUpAsync(4);
        reader.HasAll(versions);
    }

    [Fact]
    public async Task A_container_that_was_made_anew_is_followed_from_its_beginning_by_a_process_that_knew_the_old_one()
    {
        await using var fixture = await StoreFixture.StartAsync();
        await FillAsync(fixture.Store, streams: 1, events: 4, eventsPerCommit: static _ => 1);
        await fixture.Store.ReadFeedAsync(after: null, new FeedReadOptions(), CancellationToken.None);
        await fixture.Events.DeleteContainerAsync();
        await CosmosSchema.CreateAsync(fixture.Process.Client, "qanexus", CancellationToken.None);
        var versions = await FillAsync(fixture.StartProcess().For("t1"), streams: 1, events: 6, eventsPerCommit: static _ => 1);

        var reader = new FeedReader(fixture.Store);
        await reader.CatchUpAsync(2);

        reader.HasAll(versions);
    }

    [Fact]
    public async Task A_read_that_waits_ends_with_the_first_event_of_its_tenant()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var wait = new FeedReadOptions { Wait = FeedReadOptions.LongestWait };
        var reading = fixture.Store.ReadFeedAsync(after: null, wait, CancellationToken.None);

        await FillAsync(fixture.Process.For("t2"), streams: 1, events: 3, eventsPerCommit: static _ => 1);
        Assert.False(reading.IsCompleted);
        var versions = await FillAsync(fixture.Store, streams: 1, events: 1, eventsPerCommit: static _ => 1);
        var page = await reading.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(versions.Keys, page.Events.Select(static e => e.Stream));
    }

    [Fact]
    public async Task A_read_that_waits_finds_what_another_process_appends()
    {
        await using var fixture = await StoreFixture.StartAsync();
        var reading = fixture.Store.ReadFeedAsync(after: null, new FeedReadOptions { Wait = FeedReadOptions.LongestWait }, CancellationToken.None);

        await FillAsync(fixture.StartProcess().For("t1"), streams: 1, events: 1, eventsPerCommit: static _ => 1);

        Assert.Single((await reading.WaitAsync(TimeSpan.FromSeconds(30))).Events);
    }

    [Fact]
    public async Task A_read_that_waits_in_vain_returns_an_empty_page_to_go_on_from()
    {
        await using var fixture = await StoreFixture.StartAsync();

        var page = await fixture.Store.ReadFeedAsync(after: null, new FeedReadOptions { Wait = TimeSpan.FromMilliseconds(20) }, CancellationToken.None);
        Assert.Equal((0, true), (page.Commits.Count, page.IsCaughtUp));

        await FillAsync(fixture.Store, streams: 1, events: 2, eventsPerCommit: static _ => 1);
        Assert.Equal(2, (await fixture.Store.ReadFeedAsync(page.Position, new FeedReadOptions(), CancellationToken.None)).Events.Count());
    }

    [Fact]
    public async Task A_read_that_waits_can_be_cancelled()
    {
        await using var fixture = await StoreFixture.StartAsync();
        using var cancel = new CancellationTokenSource();
        var reading = fixture.Store.ReadFeedAsync(after: null, new FeedReadOptions { Wait = FeedReadOptions.LongestWait }, cancel.Token);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.WaitAsync(TimeSpan.FromSeconds(30)));
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

    /// <summary>Appends to streams in turn.</summary>
    /// <returns>The last version of each.</returns>
    internal static async Task<IReadOnlyDictionary<StreamId, long>> FillAsync(
        ITenantEventStore store, int streams, int events, Func<int, int> eventsPerCommit)
    {
        var versions = new Dictionary<StreamId, long>();
        var left = events;
        for (var n = 0; left > 0; n++)
        {
            var stream = StreamId.Parse(string.Create(CultureInfo.InvariantCulture, $"Requirement:{store.Tenant}-{n % streams}"));
            var count = Math.Min(left, eventsPerCommit(n));
            await store.AppendAsync(
                new AppendRequest { Stream = stream, Events = Some.Events(count), Expected = ExpectedPosition.Any }, CancellationToken.None);
            versions[stream] = versions.GetValueOrDefault(stream) + count;
            left -= count;
        }

        return versions;
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
