using QANexus.LocalCosmos.ChangeFeed;
using QANexus.LocalCosmos.Partitioning;
using QANexus.LocalCosmos.Querying;
using QANexus.LocalCosmos.Routing;
using QANexus.LocalCosmos.Storage;

namespace QANexus.LocalCosmos.Faults;

/// <summary>Reads pages of the change feed the way the faults in force, and those that were when the reader began, would have them.</summary>
internal sealed class FeedDisturbance
{
    private readonly IReadOnlyList<ActiveFault> _rules;

    private FeedDisturbance(IReadOnlyList<ActiveFault> rules) => _rules = rules;

    /// <summary>Null where a page is read as it is.</summary>
    public static FeedDisturbance? Find(FaultRules faults, DataRequest data, ChangeFeedStart start)
    {
        var rules = faults.Find<FeedFault>(data.Route.Kind, data.Container.Id);
        return rules.Count == 0 && start.After.Withheld.IsEmpty ? null : new FeedDisturbance(rules);
    }

    public ChangePage ReadPage(ChangeSource source, ChangeFeedStart start, int size, long position, DateTimeOffset now)
    {
        var page = new DisturbedPage(source, size, now);
        foreach (var partition in start.After.Withheld.Where(partition => source.Keys.Contains(partition.Key)))
            page.Take(partition.OnNextPage(), upToLsn: start.AfterLsn);
        var next = page.TakeNew(start, position, Withhold);

        // Where nothing was left of the page there is nothing to mix or to repeat.
        var rows = page.Rows;
        if (rows.Select(row => row.Key).Distinct().Skip(1).Any() && Strike<ReorderedFeedFault>() is { } reordered)
            rows = Mix(rows, reordered);
        if (rows.Count > 0 && Strike<DuplicateFeedFault>() is not null)
            next = start.After with { Lsn = Math.Max(start.AfterLsn, page.FirstNewLsn - 1) };

        var feed = new FeedPage();
        foreach (var (row, _) in rows)
            feed.AddChange(row);
        return new ChangePage(feed, next);

        WithheldPartition? Withhold(EffectivePartitionKey key, long lsn)
        {
            if (Strike<LateFeedFault>()?.Fault is not LateFeedFault late)
                return null;
            return new WithheldPartition(key, lsn, late.Pages, late.By is { } by ? (now + by).ToUnixTimeMilliseconds() : null);
        }
    }

    private ActiveFault? Strike<TFault>()
        where TFault : FeedFault
        => _rules.FirstOrDefault(rule => rule.Fault is TFault && rule.Strikes());

    // Draws which partition comes next, once for every row: all interleavings are possible.
    private static List<(DocumentRow Row, EffectivePartitionKey Key)> Mix(
        List<(DocumentRow Row, EffectivePartitionKey Key)> rows, ActiveFault rule)
    {
        var queues = rows.GroupBy(row => row.Key).Select(partition => new Queue<(DocumentRow, EffectivePartitionKey)>(partition)).ToList();
        var mixed = new List<(DocumentRow, EffectivePartitionKey)>(rows.Count);
        while (queues.Count > 0)
        {
            var drawn = rule.Draw(queues.Count);
            mixed.Add(queues[drawn].Dequeue());
            if (queues[drawn].Count == 0)
                queues.RemoveAt(drawn);
        }

        return mixed;
    }
}
