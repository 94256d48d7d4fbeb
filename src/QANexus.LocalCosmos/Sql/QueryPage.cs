namespace QANexus.LocalCosmos.Sql;

/// <summary>One page of a query's result.</summary>
/// <param name="Documents">A JSON array in UTF-8.</param>
/// <param name="Count">The rows in it.</param>
/// <param name="Continuation">Where the next page starts, in characters that a header may hold; null after the last page.</param>
/// <param name="LoadedDocuments">The documents that had to be read, as no index could tell that they were not wanted.</param>
/// <param name="LoadedBytes">The size of their bodies.</param>
internal sealed record QueryPage(ReadOnlyMemory<byte> Documents, int Count, string? Continuation, int LoadedDocuments, long LoadedBytes);
