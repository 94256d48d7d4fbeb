using QANexus.LocalCosmos.Containers;
using QANexus.LocalCosmos.Items;
using QANexus.LocalCosmos.Partitioning;
using QANexus.LocalCosmos.Storage;

namespace QANexus.LocalCosmos.Expiry;

/// <summary>The items of a container whose time to live is over. Nobody sees them any more; they only take room.</summary>
internal sealed class ExpiredItems(StoreConnection connection, Container container)
{
    /// <summary>Removes some, in the order in which their times ran out, each in a transaction of its own as the service does.</summary>
    /// <param name="now">In seconds since 1970.</param>
    /// <param name="limit">The most items to remove.</param>
    /// <param name="limitBytes">After how many bytes of documents to stop.</param>
    /// <returns>How many have been removed; none where there are no more.</returns>
    public int Remove(long now, int limit, long limitBytes)
    {
        if (container.Definition.DefaultTimeToLive is not { } byDefault)
            return 0;
        var table = new ItemTable(connection, container);
        var expired = Find(container.Statements.ScanExpiredOwn, now, limit, limitBytes);
        if (expired.Count == 0 && byDefault > 0)
            expired = Find(container.Statements.ScanExpiredByDefault, now - byDefault, limit, limitBytes);
        foreach (var (number, key) in expired)
        {
            var transaction = new ItemTransaction(connection, container, container.RangeOf(key), now);
            transaction.Expire(key, table.Find(number)!);
            transaction.Complete();
        }

        return expired.Count;
    }

    // A statement that is being stepped must not see its rows removed, so they are collected first.
    private List<(long Number, EffectivePartitionKey Key)> Find(string sql, long until, int limit, long limitBytes)
    {
        var found = new List<(long Number, EffectivePartitionKey Key)>();
        using var rows = connection.Prepare(sql);
        rows.Bind(1, until).Bind(2, limit);
        for (long bytes = 0; bytes < limitBytes && rows.Step(); bytes += rows.Integer(2))
            found.Add((rows.Integer(0), EffectivePartitionKey.FromBytes(rows.BlobSpan(1))));
        return found;
    }
}
