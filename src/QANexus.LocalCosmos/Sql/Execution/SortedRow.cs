using QANexus.LocalCosmos.Sql.Values;

namespace QANexus.LocalCosmos.Sql.Execution;

/// <summary>A row on its way through ORDER BY.</summary>
/// <param name="Keys">Its values of the sort columns.</param>
/// <param name="Number">The number of its document.</param>
/// <param name="Row">Its place among the rows of its document, from 1.</param>
/// <param name="Value">What is returned.</param>
/// <param name="DocumentBytes">The size of its document.</param>
internal sealed record SortedRow(IReadOnlyList<SqlValue> Keys, ulong Number, int Row, SqlValue Value, int DocumentBytes)
{
    /// <summary>About what it adds to a page.</summary>
    public int Bytes => Value.IsRaw ? Value.Text.Length : DocumentBytes;
}
