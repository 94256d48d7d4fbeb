using QANexus.LocalCosmos.Resources;

namespace QANexus.LocalCosmos.Sql;

/// <summary>One page of a query's result.</summary>
/// <param name="Rows">The rows, as the JSON of each.</param>
/// <param name="Continuation">Where the next page starts, in characters that a header may hold; null after the last page.</param>
/// <param name="LoadedDocuments">The documents that had to be read, as no index could tell that they were not wanted.</param>
/// <param name="LoadedBytes">The size of their bodies.</param>
internal sealed record QueryPage(JsonEntries Rows, string? Continuation, int LoadedDocuments, long LoadedBytes)
{
    public int Count => Rows.Count;
}
