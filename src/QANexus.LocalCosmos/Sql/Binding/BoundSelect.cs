namespace QANexus.LocalCosmos.Sql.Binding;

/// <summary>A compiled query with what only the outermost one may have.</summary>
/// <param name="Query">The query without the conditions of <paramref name="DocumentFilter"/>.</param>
/// <param name="DocumentFilter">The conditions of WHERE that an index can answer for a document as a whole.</param>
/// <param name="DocumentSlot">Where that filter expects the document; null where the query does not go over documents one by one.</param>
/// <param name="OrderBy">The sort columns.</param>
/// <param name="IsCovered">Whether the filter is all that WHERE says.</param>
internal sealed record BoundSelect(
    BoundQuery Query,
    Evaluator? DocumentFilter,
    int? DocumentSlot,
    IReadOnlyList<SortKey> OrderBy,
    bool IsCovered);

internal sealed record SortKey(Evaluator Value, SortColumn Column)
{
    public bool IsDescending => Column.IsDescending;
}
