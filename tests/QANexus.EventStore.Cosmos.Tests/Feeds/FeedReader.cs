using QANexus.EventStore.Feeds;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Cosmos.Tests.Feeds;

/// <summary>A consumer that keeps its position as text, as one that is restarted between any two pages would.</summary>
internal sealed class FeedReader(IEventFeed feed)
{
    private readonly List<RecordedEvent> received = [];

    public IReadOnlyList<RecordedEvent> Received => received;

    public string? Position { get; set; }

    public double Charge { get; private set; }

    public int Pages { get; private set; }

    public async Task<FeedPage> ReadAsync(int maxCount = FeedReadOptions.DefaultMaxCount)
    {
        FeedPosition? after = null;
        Assert.True(Position is null || FeedPosition.TryParse(Position, out after));
        var page = await feed.ReadFeedAsync(after, new FeedReadOptions { MaxCount = maxCount }, CancellationToken.None);
        received.AddRange(page.Events);
        Position = page.Position.ToString();
        Charge += page.RequestCharge;
        Pages++;
        return page;
    }

    /// <summary>Reads until nothing is left.</summary>
    /// <param name="maxCount">Events that are enough for a page.</param>
    /// <param name="beforePage">Done before each page.</param>
    public async Task CatchUpAsync(int maxCount = FeedReadOptions.DefaultMaxCount, Func<int, Task>? beforePage = null)
    {
        for (var page = 0; page < 10_000; page++)
        {
            await (beforePage?.Invoke(page) ?? Task.CompletedTask);
            if ((await ReadAsync(maxCount)).IsCaughtUp)
            {
                return;
            }
        }

        Assert.Fail("The feed never ends.");
    }

    /// <summary>Asserts that every event of these streams came, and each stream's in order; more than once only where that is allowed.</summary>
    public void HasAll(IReadOnlyDictionary<StreamId, long> versions, bool mayRepeat = false)
    {
        var byStream = received.GroupBy(static e => e.Stream).ToDictionary(static g => g.Key, static g => g.Select(static e => e.Version).ToList());
        Assert.Equal(versions.Keys.Select(static s => s.ToString()).Order(), byStream.Keys.Select(static s => s.ToString()).Order());
        foreach (var (stream, last) in versions)
        {
            var got = mayRepeat ? FirstTimes(byStream[stream]) : byStream[stream];
            Assert.Equal(Enumerable.Range(1, (int)last).Select(static v => (long)v), got);
        }
    }

    /// <summary>Each version where it came first: what a consumer sees that skips what it has had.</summary>
    private static List<long> FirstTimes(List<long> versions) => [.. versions.Distinct()];
}
