using QANexus.LocalCosmos.Containers;
using QANexus.LocalCosmos.Partitioning;
using QANexus.LocalCosmos.Storage;

namespace QANexus.LocalCosmos.ChangeFeed;

/// <summary>
/// Every change of a container's items, for as long as its change feed policy retains them. What is older than that counts as gone from that very
/// second, whether or not it has been removed yet.
/// </summary>
internal sealed class VersionLog(StoreConnection connection, Container container)
{
    private readonly VersionStatements _statements = container.VersionStatements;

    public void Append(EffectivePartitionKey key, ItemVersion version)
    {
        using var statement = connection.Prepare(_statements.Append);
        statement.Bind(1, version.Lsn).Bind(2, version.Timestamp).Bind(3, (long)version.Kind).Bind(4, version.PreviousLsn).Bind(5, key.Bytes);
        // What is not bound is null.
        if (version.Current is not null)
            statement.Bind(6, version.Current);
        if (version.Previous is not null)
            statement.Bind(7, version.Previous);
        statement.Execute();
    }

    /// <summary>The changes in a stretch of the hash space after a position, in the order in which they were made.</summary>
    public IEnumerable<ItemVersion> ReadAfter(EffectivePartitionKeyRange keys, long lsn)
    {
        using var rows = connection.Prepare(_statements.ScanAfter);
        rows.Bind(1, keys.Min.Bytes).Bind(2, keys.Max.Bytes).Bind(3, lsn);
        while (rows.Step())
        {
            yield return new ItemVersion(
                (VersionKind)rows.Integer(2), rows.Integer(0), rows.Integer(1), rows.OptionalInteger(3), rows.OptionalBlob(4), rows.OptionalBlob(5));
        }
    }

    /// <summary>The LSN of the container's last transaction: the position behind all there is.</summary>
    public long End
    {
        get
        {
            using var counters = connection.Prepare("SELECT lsn FROM containers WHERE number = ?1");
            counters.Bind(1, container.Number).Step();
            return counters.Integer(0);
        }
    }

    /// <summary>Whether the log still has all that happened after a position.</summary>
    public bool IsCompleteAfter(long lsn, long now)
    {
        using (var floor = connection.Prepare("SELECT version_floor FROM containers WHERE number = ?1"))
        {
            floor.Bind(1, container.Number).Step();
            if (lsn < floor.Integer(0))
                return false;
        }

        using var first = connection.Prepare(_statements.FirstTimeAfter);
        return !first.Bind(1, lsn).Step() || first.Integer(0) >= RetainedSince(now);
    }

    /// <summary>Removes versions that are older than the retention, the oldest first; returns how many.</summary>
    public int Trim(long now, int limit)
    {
        var (count, last, lsn) = (0, 0L, 0L);
        using (var oldest = connection.Prepare(_statements.ScanOldest))
        {
            oldest.Bind(1, limit);
            while (oldest.Step() && oldest.Integer(2) < RetainedSince(now))
                (count, last, lsn) = (count + 1, oldest.Integer(0), oldest.Integer(1));
        }

        if (count == 0)
            return 0;
        using (var delete = connection.Prepare(_statements.DeleteUpTo))
            delete.Bind(1, last).Execute();
        MoveFloor(lsn);
        return count;
    }

    /// <summary>Forgets everything: what happens next is the first that the log knows.</summary>
    public void Restart()
    {
        connection.Execute(_statements.DeleteAll);
        MoveFloor(End);
    }

    private long RetainedSince(long now) => now - (long)container.Definition.VersionRetention!.Value.TotalSeconds;

    private void MoveFloor(long lsn)
    {
        using var floor = connection.Prepare("UPDATE containers SET version_floor = ?2 WHERE number = ?1");
        floor.Bind(1, container.Number).Bind(2, lsn).Execute();
    }
}
