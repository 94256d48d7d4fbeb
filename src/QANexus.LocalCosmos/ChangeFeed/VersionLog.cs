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
        statement.Bind(1, version.Lsn).Bind(2, version.Timestamp).Bind(3, (long)version.Kind).Bind(4, version.PreviousLsn).Bind(5, key.Bytes)
            .Bind(6, Checksum(version, key.Bytes));
        // What is not bound is null.
        if (version.Current is not null)
            statement.Bind(7, version.Current);
        if (version.Previous is not null)
            statement.Bind(8, version.Previous);
        statement.Execute();
    }

    /// <summary>The changes in a stretch of a range after a position and up to the range's own, in the order in which they were made.</summary>
    public IEnumerable<ItemVersion> ReadAfter(EffectivePartitionKeyRange keys, long lsn, long position)
    {
        using var rows = connection.Prepare(_statements.ScanAfter);
        rows.Bind(1, keys.Min.Bytes).Bind(2, keys.Max.Bytes).Bind(3, lsn).Bind(4, position);
        while (rows.Step())
        {
            var version = new ItemVersion(
                (VersionKind)rows.Integer(2), rows.Integer(0), rows.Integer(1), rows.OptionalInteger(3), rows.OptionalBlob(6), rows.OptionalBlob(7));
            if (Checksum(version, rows.BlobSpan(4)) != rows.Integer(5))
                throw rows.Damaged($"a version at LSN {version.Lsn} is not as it was written");
            yield return version;
        }
    }

    /// <summary>Whether the log still has all that happened in a range after a position.</summary>
    public bool IsCompleteAfter(PartitionKeyRange range, long lsn, long position, long now)
    {
        if (lsn < RangePosition.ReadVersionFloor(connection, container.Number, range.Id))
            return false;
        using var first = connection.Prepare(_statements.FirstTimeAfter);
        first.Bind(1, range.Keys.Min.Bytes).Bind(2, range.Keys.Max.Bytes).Bind(3, lsn).Bind(4, position);
        return !first.Step() || first.Integer(0) >= RetainedSince(now);
    }

    /// <summary>Removes versions that are older than the retention, the oldest first; returns how many.</summary>
    public int Trim(long now, int limit)
    {
        var (count, last) = (0, 0L);
        var floors = new Dictionary<int, long>();
        using (var oldest = connection.Prepare(_statements.ScanOldest))
        {
            oldest.Bind(1, limit);
            while (oldest.Step() && oldest.Integer(2) < RetainedSince(now))
            {
                (count, last) = (count + 1, oldest.Integer(0));
                // Of one range they come in the order of its transactions.
                floors[container.RangeOf(EffectivePartitionKey.FromBytes(oldest.BlobSpan(3))).Id] = oldest.Integer(1);
            }
        }

        if (count == 0)
            return 0;
        using (var delete = connection.Prepare(_statements.DeleteUpTo))
            delete.Bind(1, last).Execute();
        foreach (var (range, lsn) in floors)
            RangePosition.RaiseVersionFloor(connection, container.Number, range, lsn);
        return count;
    }

    /// <summary>Forgets everything: what happens next is the first that the log knows.</summary>
    public void Restart()
    {
        connection.Execute(_statements.DeleteAll);
        foreach (var range in container.Ranges)
            RangePosition.RaiseVersionFloor(connection, container.Number, range.Id, RangePosition.Read(connection, container.Number, range.Id));
    }

    private static long Checksum(ItemVersion version, ReadOnlySpan<byte> key) => RowChecksum.Of(version.Current)
        .And(version.Previous).And(key).And(version.Lsn).And(version.Timestamp).And((long)version.Kind).And(version.PreviousLsn).Value;

    private long RetainedSince(long now) => now - (long)container.Definition.VersionRetention!.Value.TotalSeconds;
}
