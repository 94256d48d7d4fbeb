using QANexus.LocalCosmos.Containers;
using QANexus.LocalCosmos.Items;
using QANexus.LocalCosmos.Partitioning;
using QANexus.LocalCosmos.Querying;
using QANexus.LocalCosmos.Storage;

namespace QANexus.LocalCosmos.ChangeFeed;

/// <summary>Every document once, at its last write, in the order of the transactions.</summary>
internal static class LatestVersionsFeed
{
    public static ChangePage ReadPage(
        StoreConnection connection, Container container, FeedScope scope, ChangeFeedStart start, int size, long now)
    {
        var page = new FeedPage();
        var position = RangePosition.Read(connection, container.Number, scope.Range.Id);
        if (start.FromNow)
            return new ChangePage(page, position);
        foreach (var row in Changes(connection, container, scope, start.AfterLsn))
        {
            if (row.Timestamp < start.SinceTimestamp || row.IsExpired(container.Definition.DefaultTimeToLive, now))
                continue;
            if (page.IsFull(size) && row.Lsn != page.LastLsn)
                return new ChangePage(page, page.LastLsn);
            page.AddChange(row);
        }

        // All there was has been seen, also what is not in the scope. A lagging state must not send the reader back.
        return new ChangePage(page, Math.Max(start.AfterLsn, position));
    }

    // By the scope, every document of it is looked at; by the log, everything that was written since. A logical partition is small, and at the
    // beginning the log is everything; else the log is shorter.
    private static IEnumerable<DocumentRow> Changes(StoreConnection connection, Container container, FeedScope scope, long afterLsn) =>
        scope.IsLogicalPartition || (afterLsn == 0 && !scope.IsWholeRange)
            ? ScanScope(connection, container, scope, afterLsn)
            : ScanLog(connection, container, scope, afterLsn);

    private static IEnumerable<DocumentRow> ScanLog(StoreConnection connection, Container container, FeedScope scope, long afterLsn)
    {
        using var rows = connection.Prepare(container.Statements.ScanChanges);
        rows.Bind(1, scope.Keys.Min.Bytes).Bind(2, scope.Keys.Max.Bytes).Bind(3, afterLsn);
        while (rows.Step())
            yield return DocumentRow.Read(rows);
    }

    private static IEnumerable<DocumentRow> ScanScope(StoreConnection connection, Container container, FeedScope scope, long afterLsn)
    {
        var table = new ItemTable(connection, container);
        using var numbers = connection.Prepare(container.Statements.ScanChangedNumbers);
        numbers.Bind(1, scope.Keys.Min.Bytes).Bind(2, scope.Keys.Max.Bytes).Bind(3, afterLsn);
        while (numbers.Step())
            yield return table.Find(numbers.Integer(0))!;
    }
}
