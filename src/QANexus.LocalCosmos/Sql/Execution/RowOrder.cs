using QANexus.LocalCosmos.Sql.Values;

namespace QANexus.LocalCosmos.Sql.Execution;

/// <summary>
/// The order of ORDER BY. Rows with equal values come in the order of their documents' numbers, backwards where the first column descends:
/// the SDK relies on it when it resumes.
/// </summary>
internal sealed class RowOrder(IReadOnlyList<bool> descending) : IComparer<SortedRow>
{
    public int Compare(SortedRow? x, SortedRow? y)
    {
        if (CompareKeys(x!.Keys, y!.Keys) is var keys and not 0)
            return keys;
        return CompareNumbers(x.Number, y.Number) is var numbers and not 0 ? numbers : x.Row.CompareTo(y.Row);
    }

    public int CompareKeys(IReadOnlyList<SqlValue> x, IReadOnlyList<SqlValue> y)
    {
        for (int i = 0; i < descending.Count; i++)
        {
            if (SqlOrder.Instance.Compare(x[i], y[i]) is var order and not 0)
                return descending[i] ? -order : order;
        }

        return 0;
    }

    public int CompareNumbers(ulong x, ulong y) => descending[0] ? y.CompareTo(x) : x.CompareTo(y);
}
