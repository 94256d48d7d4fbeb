using QANexus.LocalCosmos.Documents;
using QANexus.LocalCosmos.Indexing;
using QANexus.LocalCosmos.Routing;
using QANexus.LocalCosmos.Sql;

namespace QANexus.LocalCosmos.Querying;

/// <summary>
/// The service sorts by its indexes only: one column by the property's own index, several by a composite index of just these columns, which can be
/// read forwards or backwards.
/// </summary>
internal static class SortIndexes
{
    /// <exception cref="RequestRefusedException">400: the policy has no index for this order.</exception>
    public static void Require(IndexingPolicy policy, IReadOnlyList<SortColumn> columns)
    {
        if (columns is [var only])
        {
            // What is no property of a document, such as a value out of a subquery, is in no index and is sorted as it comes.
            if (only.Path is { Length: > 0 } path && !policy.IsIndexed(path))
                throw RequestRefusedException.BadRequest("The index path corresponding to the specified order-by item is excluded.");
            return;
        }

        if (!policy.HasCompositeIndex(columns.Select(static column => (Parse(column), column.IsDescending)).ToList()))
            throw RequestRefusedException.BadRequest("The order by query does not have a corresponding composite index that it can be served from.");
    }

    private static PropertyPath? Parse(SortColumn column) =>
        column.Path is { } text && PropertyPath.TryParse(text, out var path) ? path : null;
}
