namespace QANexus.LocalCosmos.Sql;

/// <summary>A column of an ORDER BY; <paramref name="Path"/> is the document's property as an indexing policy writes it, null where it is none.</summary>
internal sealed record SortColumn(string? Path, bool IsDescending);
