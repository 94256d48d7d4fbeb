using QANexus.LocalCosmos.Containers;
using QANexus.LocalCosmos.Faults;
using QANexus.LocalCosmos.Partitioning;
using QANexus.LocalCosmos.Querying;
using QANexus.LocalCosmos.Storage;

namespace QANexus.LocalCosmos.ChangeFeed;

/// <summary>Every document once, at its last write, in the order of the transactions.</summary>
internal static class LatestVersionsFeed
{
    /// <param name="connection">One state of the store.</param>
    /// <param name="container">Whose feed it is.</param>
    /// <param name="scope">What part of it.</param>
    /// <param name="start">Where the page starts.</param>
    /// <param name="size">Documents that are enough, unless they end inside a transaction.</param>
    /// <param name="now">The account's time.</param>
    /// <param name="disturbance">How faults would have the page; null where it is read as it is.</param>
    public static ChangePage ReadPage(
        StoreConnection connection,
        Container container,
        FeedScope scope,
        ChangeFeedStart start,
        int size,
        DateTimeOffset now,
        FeedDisturbance? disturbance)
    {
        var position = RangePosition.Read(connection, container.Number, scope.Range.Id);
        if (start.FromNow)
            return new ChangePage(new FeedPage(), new FeedPosition(position));
        var source = new ChangeSource(connection, container, scope, position);
        return disturbance?.ReadPage(source, start, size, position, now) ?? ReadPage(source, start, size, position, now.ToUnixTimeSeconds());
    }

    private static ChangePage ReadPage(ChangeSource source, ChangeFeedStart start, int size, long position, long now)
    {
        var page = new FeedPage();
        foreach (var row in source.After(start.AfterLsn))
        {
            if (row.Timestamp < start.SinceTimestamp || source.IsExpired(row, now))
                continue;
            if (page.IsFull(size) && row.Lsn != page.LastLsn)
                return new ChangePage(page, new FeedPosition(page.LastLsn));
            page.AddChange(row);
        }

        // All there was has been seen, also what is not in the scope. A lagging state must not send the reader back.
        return new ChangePage(page, new FeedPosition(Math.Max(start.AfterLsn, position)));
    }
}
