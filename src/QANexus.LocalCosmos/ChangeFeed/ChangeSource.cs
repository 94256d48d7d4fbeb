using QANexus.LocalCosmos.Containers;
using QANexus.LocalCosmos.Items;
using QANexus.LocalCosmos.Partitioning;
using QANexus.LocalCosmos.Storage;

namespace QANexus.LocalCosmos.ChangeFeed;

/// <summary>The changes of a scope in one state of the store, in which its range has come to a position.</summary>
internal sealed class ChangeSource(StoreConnection connection, Container container, FeedScope scope, long position)
{
    private readonly ItemTable _table = new(connection, container);

    public EffectivePartitionKeyRange Keys => scope.Keys;

    // By the scope, every document of it is looked at; by the log, everything that was written since. A logical partition is small, and at the
    // beginning the log is everything; else the log is shorter.
    public IEnumerable<DocumentRow> After(long lsn) =>
        scope.IsLogicalPartition || (lsn == 0 && !scope.IsWholeRange) ? ScanKeys(scope.Keys, lsn) : ScanLog(lsn);

    /// <summary>The changes of one logical partition.</summary>
    public IEnumerable<DocumentRow> OfPartition(EffectivePartitionKey key, long afterLsn) =>
        ScanKeys(new EffectivePartitionKeyRange(key, key.EndOfPrefix()), afterLsn);

    public EffectivePartitionKey PartitionOf(DocumentRow row) => _table.KeyOf(row.Number);

    public bool IsExpired(DocumentRow row, long now) => row.IsExpired(container.Definition.DefaultTimeToLive, now);

    private IEnumerable<DocumentRow> ScanLog(long afterLsn)
    {
        using var rows = connection.Prepare(container.Statements.ScanChanges);
        rows.Bind(1, scope.Keys.Min.Bytes).Bind(2, scope.Keys.Max.Bytes).Bind(3, afterLsn).Bind(4, position);
        while (rows.Step())
            yield return DocumentRow.Read(rows);
    }

    private IEnumerable<DocumentRow> ScanKeys(EffectivePartitionKeyRange keys, long afterLsn)
    {
        using var numbers = connection.Prepare(container.Statements.ScanChangedNumbers);
        numbers.Bind(1, keys.Min.Bytes).Bind(2, keys.Max.Bytes).Bind(3, afterLsn).Bind(4, position);
        while (numbers.Step())
            yield return _table.Find(numbers.Integer(0))!;
    }
}
