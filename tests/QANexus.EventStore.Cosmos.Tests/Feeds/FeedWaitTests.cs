using QANexus.EventStore.Cosmos.Tests.Fixture;
using QANexus.EventStore.Feeds;
using static QANexus.EventStore.Cosmos.Tests.Feeds.FeedSteps;

namespace QANexus.EventStore.Cosmos.Tests.Feeds;

/// <summary>Reads that wait for what is new.</summary>
public sealed class FeedWaitTests
{
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
}
