using QANexus.LocalCosmos.Sql.Values;

namespace QANexus.LocalCosmos.Sql.Execution;

/// <summary>
/// A query with aggregates or GROUP BY. Groups come in the order of their keys, and a continuation names the last key, so that it stays right
/// after a split; only an ORDER BY over groups has to count them.
/// </summary>
internal sealed class GroupedQuery(QueryRun run)
{
    public QueryPage Execute(string? continuation)
    {
        bool sorted = run.Bound.OrderBy.Count > 0;
        var position = Position.Parse(continuation, sorted ? null : run.Bound.Query.Grouping!.Keys.Count);
        if (position.Emitted >= run.Limits.Limit)
            return run.Page.Build(null);
        var frame = run.Open(run.Scan, document => run.Page.CountLoaded(1, document.Body.Length));
        var seen = run.Syntax.Select.Distinct ? new HashSet<SqlValue>(SqlOrder.Instance) : null;
        var rows = new List<SortedRow>();
        run.Bound.Query.ForEachKept(frame, key =>
        {
            if (run.Bound.Query.TryProject(frame, out var value))
                rows.Add(new SortedRow(sorted ? [.. run.Bound.OrderBy.Select(order => order.Value(frame))] : key.Items, 0, rows.Count, value, 0));
            return true;
        });
        if (sorted)
            rows.Sort(new RowOrder([.. run.Bound.OrderBy.Select(static order => order.IsDescending)]));
        if (seen is not null)
            rows.RemoveAll(row => !seen.Add(row.Value));
        return WritePage(sorted ? rows.Skip(position.Skipped + position.Emitted) : rows.SkipWhile(row => IsDone(row, position)), position, sorted);
    }

    private QueryPage WritePage(IEnumerable<SortedRow> rows, Position position, bool sorted)
    {
        foreach (var row in rows)
        {
            var next = position with { Keys = sorted ? null : row.Keys };
            if (position.Skipped < run.Limits.Offset)
            {
                position = next with { Skipped = position.Skipped + 1 };
                continue;
            }

            if (position.Emitted >= run.Limits.Limit)
                break;
            if (run.Page.IsFull || !run.Page.TryAdd(row.Value))
                return run.Page.Build(position);
            position = next with { Emitted = position.Emitted + 1 };
        }

        return run.Page.Build(null);
    }

    private static bool IsDone(SortedRow row, Position position) =>
        position.Keys is not null && SqlOrder.Instance.Compare(SqlValue.FromArray(row.Keys), SqlValue.FromArray(position.Keys)) <= 0;
}
