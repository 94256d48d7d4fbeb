using QANexus.LocalCosmos.ChangeFeed;
using QANexus.LocalCosmos.Partitioning;
using QANexus.LocalCosmos.Querying;
using QANexus.LocalCosmos.Storage;

namespace QANexus.LocalCosmos.Faults;

/// <summary>A page of the change feed in the making, of which some logical partitions are left out for a while.</summary>
internal sealed class DisturbedPage(ChangeSource source, int size, DateTimeOffset now)
{
    private readonly long _now = now.ToUnixTimeSeconds();
    private readonly Dictionary<EffectivePartitionKey, WithheldPartition> _withheld = [];

    // Whose turn it was on this page, to be late or not.
    private readonly HashSet<EffectivePartitionKey> _decided = [];
    private long _bytes;

    public List<(DocumentRow Row, EffectivePartitionKey Key)> Rows { get; } = [];

    /// <summary>LSN of the first change that the page could have shown and none before it; 0 where there was none.</summary>
    public long FirstNewLsn { get; private set; }

    private bool IsFull => Rows.Count >= size || _bytes >= FeedPage.MaxBytes;

    /// <summary>Takes what was withheld, if it is due; else it goes on waiting.</summary>
    public void Take(WithheldPartition partition, long upToLsn)
    {
        _decided.Add(partition.Key);
        if (!partition.IsDue(now))
        {
            _withheld[partition.Key] = partition;
            return;
        }

        var last = 0L;
        foreach (var row in source.OfPartition(partition.Key, partition.FromLsn - 1).TakeWhile(row => row.Lsn <= upToLsn))
        {
            if (source.IsExpired(row, _now))
                continue;
            // What does not fit is due on the next page, and newer changes stay behind it.
            if (IsFull && row.Lsn != last)
            {
                _withheld[partition.Key] = partition with { FromLsn = row.Lsn, Pages = 0 };
                return;
            }

            last = row.Lsn;
            Add(row, partition.Key);
        }
    }

    /// <summary>Takes what is new, except for partitions that wait or now begin to, and returns where the next page starts.</summary>
    public FeedPosition TakeNew(ChangeFeedStart start, long position, Func<EffectivePartitionKey, long, WithheldPartition?> withhold)
    {
        var last = start.AfterLsn;
        foreach (var row in source.After(start.AfterLsn))
        {
            if (row.Timestamp < start.SinceTimestamp || source.IsExpired(row, _now))
                continue;
            if (IsFull && row.Lsn != last)
                return PositionAt(last);
            if (FirstNewLsn == 0)
                FirstNewLsn = row.Lsn;
            last = row.Lsn;
            var key = source.PartitionOf(row);
            if (!Withholds(key, row.Lsn, withhold))
                Add(row, key);
        }

        return PositionAt(Math.Max(start.AfterLsn, position));
    }

    private bool Withholds(EffectivePartitionKey key, long lsn, Func<EffectivePartitionKey, long, WithheldPartition?> withhold)
    {
        if (_decided.Add(key) && _withheld.Count < LateFeedFault.MaxWithheld && withhold(key, lsn) is { } late)
            _withheld.Add(key, late);
        return _withheld.ContainsKey(key);
    }

    private void Add(DocumentRow row, EffectivePartitionKey key)
    {
        Rows.Add((row, key));
        _bytes += row.Body.Length;
    }

    private FeedPosition PositionAt(long lsn) => new(lsn, [.. _withheld.Values]);
}
