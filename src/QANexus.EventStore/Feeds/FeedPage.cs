using QANexus.EventStore.Reading;

namespace QANexus.EventStore.Feeds;

/// <summary>A page of a feed.</summary>
/// <param name="Commits">In the order of the feed. Fewer than asked for where their data would exceed 4 MiB.</param>
/// <param name="Position">Where the page ends. It moves on even where the page is empty, and costs the less to go on from the newer it is.</param>
/// <param name="IsCaughtUp">Nothing came after the page when it was read.</param>
/// <param name="RequestCharge">Request units spent, those of waiting included.</param>
public sealed record FeedPage(IReadOnlyList<FeedCommit> Commits, FeedPosition Position, bool IsCaughtUp, double RequestCharge)
{
    /// <summary>The events of all commits.</summary>
    public IEnumerable<RecordedEvent> Events => Commits.SelectMany(static commit => commit.Events);
}
