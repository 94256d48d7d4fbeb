using QANexus.LocalCosmos.Containers;
using QANexus.LocalCosmos.Documents;
using QANexus.LocalCosmos.Items;
using QANexus.LocalCosmos.Partitioning;
using QANexus.LocalCosmos.ResourceIds;
using QANexus.LocalCosmos.Sql;
using QANexus.LocalCosmos.Storage;

namespace QANexus.LocalCosmos.Querying;

/// <summary>The living documents of a scope, read from the store as the query asks for them.</summary>
internal sealed class DocumentScan(StoreConnection connection, Container container, FeedScope scope, long now) : IDocumentSource
{
    private static readonly PropertyPath s_id = new(["id"]);

    private readonly ItemTable _table = new(connection, container);

    public bool IsSingleLogicalPartition => scope.IsLogicalPartition;

    public IEnumerable<SourceDocument> Scan(ScanRequest request)
    {
        var rows = request switch
        {
            { Ids: { } ids } when scope.IsLogicalPartition => FindEach(ids, request),
            { Order: ScanOrder.Number, Named: { } named } when KeysOf(named) is { } keys => FindEach(keys),
            { Order: ScanOrder.IdAscending } => ScanIds(
                container.Statements.ScanIdsAscending, request.FromId ?? "", row => IsBeyond(row, request.ToId, descends: false)),
            { Order: ScanOrder.IdDescending, ToId: { } to } => ScanIds(
                container.Statements.ScanIdsDescending, to, row => IsBeyond(row, request.FromId, descends: true)),
            { Order: ScanOrder.IdDescending } => ScanIds(
                container.Statements.ScanAllIdsDescending, null, row => IsBeyond(row, request.FromId, descends: true)),
            _ => ScanNumbers((long)request.AfterNumber),
        };
        return rows
            .Where(row => (ulong)row.Number > request.AfterNumber && !row.IsExpired(container.Definition.DefaultTimeToLive, now))
            .Select(ToSource);
    }

    /// <summary>Documents in creation order, behind a number.</summary>
    public IEnumerable<DocumentRow> ScanNumbers(long after) => scope.IsWholeRange ? ScanTable(after) : ScanIndex(after);

    private SourceDocument ToSource(DocumentRow row) => new(
        (ulong)row.Number, row.Id, new DocumentRid(container.Rid, (ulong)row.Number).ToString(), row.Body);

    private IEnumerable<DocumentRow> FindEach(IReadOnlyCollection<string> ids, ScanRequest request)
    {
        var found = ids.Distinct(StringComparer.Ordinal).Select(id => _table.Find(scope.Keys.Min, id)).OfType<DocumentRow>();
        return request.Order switch
        {
            ScanOrder.Number => found.OrderBy(row => row.Number),
            ScanOrder.IdAscending => found.OrderBy(row => row.Id, Utf8Order.Instance),
            _ => found.OrderByDescending(row => row.Id, Utf8Order.Instance),
        };
    }

    private IEnumerable<DocumentRow> FindEach(IEnumerable<(EffectivePartitionKey Key, string Id)> keys) => keys.Distinct()
        .Where(key => scope.Keys.Contains(key.Key))
        .Select(key => _table.Find(key.Key, key.Id)).OfType<DocumentRow>()
        .OrderBy(row => row.Number);

    /// <summary>The keys of the documents that are named; null where one is not named in full.</summary>
    private List<(EffectivePartitionKey Key, string Id)>? KeysOf(IReadOnlyList<IReadOnlyDictionary<PropertyPath, string>> named)
    {
        var definition = container.Definition.PartitionKey;
        var keys = new List<(EffectivePartitionKey Key, string Id)>(named.Count);
        foreach (var texts in named)
        {
            if (!texts.TryGetValue(s_id, out var id) || !definition.Paths.All(texts.ContainsKey))
                return null;
            var key = new PartitionKeyValue([.. definition.Paths.Select(path => PartitionKeyComponent.Of(texts[path]))]);
            keys.Add((EffectivePartitionKey.Of(key, definition.Kind), id));
        }

        return keys;
    }

    private IEnumerable<DocumentRow> ScanTable(long after)
    {
        using var rows = connection.Prepare(container.Statements.ScanTable);
        rows.Bind(1, scope.Keys.Min.Bytes).Bind(2, scope.Keys.Max.Bytes).Bind(3, after);
        while (rows.Step())
            yield return DocumentRow.Read(rows);
    }

    private IEnumerable<DocumentRow> ScanIndex(long after)
    {
        using var numbers = connection.Prepare(container.Statements.ScanNumbers);
        numbers.Bind(1, scope.Keys.Min.Bytes).Bind(2, scope.Keys.Max.Bytes).Bind(3, after);
        while (numbers.Step())
            yield return _table.Find(numbers.Integer(0))!;
    }

    private IEnumerable<DocumentRow> ScanIds(string sql, string? start, Func<DocumentRow, bool> isBeyond)
    {
        using var rows = connection.Prepare(sql);
        rows.Bind(1, scope.Keys.Min.Bytes);
        if (start is not null)
            rows.Bind(2, start);
        while (rows.Step())
        {
            var row = DocumentRow.Read(rows);
            if (isBeyond(row))
                yield break;
            yield return row;
        }
    }

    private static bool IsBeyond(DocumentRow row, string? bound, bool descends)
    {
        if (bound is null)
            return false;
        var order = Utf8Order.Instance.Compare(row.Id, bound);
        return descends ? order < 0 : order > 0;
    }
}
