using QANexus.LocalCosmos.Sql.Values;

namespace QANexus.LocalCosmos.Sql.Execution;

/// <summary>
/// A query ordered by id within one logical partition: the storage has the documents in that order, so the query reads no more of them than
/// it returns.
/// </summary>
internal sealed class IdOrderedQuery(QueryRun run)
{
    private readonly bool _descending = run.Syntax.OrderBy[0].IsDescending;

    public QueryPage Execute(string? continuation, ResumeFilter? resume)
    {
        var position = Position.Parse(continuation, 1);
        if (position.Emitted >= run.Limits.Limit)
            return run.Page.Build(null);
        var scan = run.Scan with { Order = _descending ? ScanOrder.IdDescending : ScanOrder.IdAscending };
        if (position.Keys is [{ IsString: true } last])
            scan = IdBounds.From(scan, last.AsString(), inclusive: false, _descending);
        // Ids are unique here, so of the rows with this very value there is one, and whether it counts is for exclude alone to say.
        if (resume?.Values is [{ IsString: true } value])
            scan = IdBounds.From(scan, value.AsString(), !resume.Exclude, _descending);
        var frame = run.Open(scan, document => run.Page.CountLoaded(1, document.Body.Length));
        bool isComplete = run.Bound.Query.ForEachKept(frame, _ =>
        {
            var id = SqlValue.FromString(run.Document.Id);
            if (IsBefore(id, position, resume) || !run.Bound.Query.TryProject(frame, out var row))
                return true;
            var next = position with { Number = run.Document.Number, Keys = [id] };
            if (position.Skipped < run.Limits.Offset)
            {
                position = next with { Skipped = position.Skipped + 1 };
                return true;
            }

            if (!run.Page.TryAdd(row))
                return false;
            position = next with { Emitted = position.Emitted + 1 };
            return !run.Page.IsFull && position.Emitted < run.Limits.Limit;
        });
        return run.Page.Build(isComplete || position.Emitted >= run.Limits.Limit ? null : position);
    }

    /// <summary>The bounds of a scan are hints, so they are checked.</summary>
    private bool IsBefore(SqlValue id, Position position, ResumeFilter? resume) =>
        (position.Keys is [var last] && Compare(id, last) <= 0) ||
        (resume?.Values is [var value] && Compare(id, value) is var order && (resume.Exclude ? order <= 0 : order < 0));

    private int Compare(SqlValue x, SqlValue y) => SqlOrder.Instance.Compare(x, y) * (_descending ? -1 : 1);
}
