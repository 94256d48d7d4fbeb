using QANexus.LocalCosmos.Sql.Values;

namespace QANexus.LocalCosmos.Sql.Execution;

/// <summary>Keeps the first rows in the order of a query, out of any number: as many as asked for, or as many as a page has room for.</summary>
internal sealed class BestRows(RowOrder order, int capacity, bool limitBytes)
{
    private readonly PriorityQueue<SortedRow, SortedRow> _rows = new(Comparer<SortedRow>.Create((x, y) => order.Compare(y, x)));
    private long _bytes;

    /// <summary>Whether there were more rows than were kept.</summary>
    public bool IsCutOff { get; private set; }

    /// <summary>Whether a row is among the first so far.</summary>
    public bool Wants(SortedRow row)
    {
        if (_rows.Count < capacity || order.Compare(row, _rows.Peek()) < 0)
            return true;
        IsCutOff = true;
        return false;
    }

    public void Add(SortedRow row)
    {
        // The keys alone would keep whole documents alive.
        row = row with { Keys = [.. row.Keys.Select(Detach)] };
        _rows.Enqueue(row, row);
        _bytes += row.Bytes;
        while (_rows.Count > capacity || (limitBytes && _rows.Count > 1 && _bytes - _rows.Peek().Bytes > PageBuilder.MaxBytes))
        {
            _bytes -= _rows.Dequeue().Bytes;
            IsCutOff = true;
        }
    }

    public List<SortedRow> ToSortedList()
    {
        var sorted = new List<SortedRow>(_rows.Count);
        while (_rows.TryDequeue(out var row, out _))
            sorted.Add(row);
        sorted.Reverse();
        return sorted;
    }

    private static SqlValue Detach(SqlValue key) => key.IsString ? SqlValue.FromString(key.Text.ToArray()) : key;
}
