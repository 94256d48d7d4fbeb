using QANexus.LocalCosmos.Sql.Binding;
using QANexus.LocalCosmos.Sql.Values;

namespace QANexus.LocalCosmos.Sql.Execution;

/// <summary>
/// An ORDER BY that the storage cannot serve: looks at all documents, but keeps no more rows than the page can hold.
/// </summary>
internal sealed class SortedQuery(QueryRun run, Func<string, bool> isIndexed)
{
    private readonly RowOrder _order = new([.. run.Bound.OrderBy.Select(static key => key.IsDescending)]);

    public QueryPage Execute(string? continuation, ResumeFilter? resume)
    {
        var position = Position.Parse(continuation, run.Bound.OrderBy.Count);
        if (position.Emitted >= run.Limits.Limit)
            return run.Page.Build(null);
        var rows = Collect(position, resume, out bool isCutOff);
        return WritePage(rows, position, isCutOff);
    }

    private List<SortedRow> Collect(Position position, ResumeFilter? resume, out bool isCutOff)
    {
        var best = new BestRows(_order, Capacity(position), limitBytes: run.Limits.Offset == 0 && !run.Syntax.Select.Distinct);
        bool countsAll = !IsServedByIndex();
        var last = position.Keys is null ? null : new SortedRow(position.Keys, position.Number, position.Row, default, 0);
        var frame = run.Open(run.Scan, document =>
        {
            if (countsAll)
                run.Page.CountLoaded(1, document.Body.Length);
        });
        ulong current = 0;
        int row = 0;
        run.Bound.Query.ForEachKept(frame, _ =>
        {
            row = run.Document.Number == current ? row + 1 : 1;
            current = run.Document.Number;
            var sorted = new SortedRow(
                [.. run.Bound.OrderBy.Select(key => key.Value(frame))], current, row, default, run.Document.Body.Length);
            if (Precedes(sorted, resume) || (last is not null && !run.Syntax.Select.Distinct && _order.Compare(sorted, last) <= 0))
                return true;
            if (best.Wants(sorted) && run.Bound.Query.TryProject(frame, out var value))
                best.Add(sorted with { Value = value });
            return true;
        });
        var rows = best.ToSortedList();
        isCutOff = best.IsCutOff;
        if (run.Syntax.Select.Distinct)
        {
            var seen = new HashSet<SqlValue>(SqlOrder.Instance);
            rows.RemoveAll(candidate => !seen.Add(candidate.Value));
            if (last is not null)
                rows.RemoveAll(candidate => _order.Compare(candidate, last) <= 0);
        }

        return rows;
    }

    /// <summary>One more than the page holds tells whether there is more. Which rows DISTINCT leaves is known only when all are.</summary>
    private int Capacity(Position position)
    {
        if (run.Syntax.Select.Distinct)
            return int.MaxValue;
        long wanted = Math.Min(run.Page.MaxItems, run.Limits.Limit - position.Emitted);
        return (int)Math.Min(int.MaxValue, wanted + (run.Limits.Offset - position.Skipped) + 1);
    }

    private QueryPage WritePage(List<SortedRow> rows, Position position, bool isCutOff)
    {
        int done = 0;
        foreach (var row in rows)
        {
            var next = position with { Number = row.Number, Row = row.Row, Keys = row.Keys };
            if (position.Skipped < run.Limits.Offset)
            {
                position = next with { Skipped = position.Skipped + 1 };
            }
            else
            {
                if (run.Page.IsFull || position.Emitted >= run.Limits.Limit || !run.Page.TryAdd(row.Value))
                    break;
                position = next with { Emitted = position.Emitted + 1 };
                if (IsServedByIndex())
                    run.Page.CountLoaded(1, row.DocumentBytes);
            }

            done++;
        }

        bool isLast = position.Emitted >= run.Limits.Limit || (done == rows.Count && !isCutOff);
        return run.Page.Build(isLast ? null : position);
    }

    private bool Precedes(SortedRow row, ResumeFilter? resume)
    {
        if (resume is null)
            return false;
        int keys = _order.CompareKeys(row.Keys, resume.Values);
        if (keys != 0)
            return keys < 0;
        if (resume.Exclude)
            return true;
        return resume.Number is { } number && _order.CompareNumbers(ResumeFilter.ParseRid(run.Document.Rid), number) < 0;
    }

    /// <summary>
    /// Whether an index on the sort columns would have led straight to the rows of the page, so that nothing else had to be loaded.
    /// </summary>
    private bool IsServedByIndex()
    {
        if (!run.Bound.IsCovered || DocumentName.Of(run.Syntax.From) is not { } document)
            return false;
        var coverage = new IndexCoverage(isIndexed);
        return run.Syntax.OrderBy.All(item => coverage.Covers(item.Expression, document));
    }
}
