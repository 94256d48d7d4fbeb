using QANexus.LocalCosmos.Sql.Values;

namespace QANexus.LocalCosmos.Sql.Execution;

/// <summary>A query in the order of the documents' numbers. It stops reading as soon as its page is full.</summary>
internal sealed class StreamedQuery(QueryRun run)
{
    public QueryPage Execute(string? continuation)
    {
        var start = Position.Parse(continuation, null);
        var position = start;
        if (start.Emitted >= run.Limits.Limit)
            return run.Page.Build(null);
        var seen = run.Syntax.Select.Distinct ? new HashSet<SqlValue>(SqlOrder.Instance) : null;
        // What earlier pages returned is not to be returned again, so it has to be seen again.
        ulong after = seen is not null ? 0 : start.Row > 0 && start.Number > 0 ? start.Number - 1 : start.Number;
        var frame = run.Open(run.Scan with { AfterNumber = after }, document => run.Page.CountLoaded(1, document.Body.Length));
        ulong current = 0;
        int row = 0;
        bool isComplete = run.Bound.Query.ForEachKept(frame, _ =>
        {
            if (!run.Bound.Query.TryProject(frame, out var value))
                return true;
            row = run.Document.Number == current ? row + 1 : 1;
            current = run.Document.Number;
            if (seen?.Add(value) == false || IsDone(start, current, row))
                return true;
            return TryEmit(value, position with { Number = current, Row = run.IsOneRowPerDocument ? 0 : row }, ref position);
        });
        bool isLast = isComplete || position.Emitted >= run.Limits.Limit || run.Syntax.From is null;
        return run.Page.Build(isLast ? null : position);
    }

    private static bool IsDone(Position start, ulong number, int row) =>
        !start.IsStart && (number < start.Number || (number == start.Number && (start.Row == 0 || row <= start.Row)));

    /// <summary>Moves on to the next position with this row; false where the page is full, with it or without it.</summary>
    private bool TryEmit(SqlValue value, Position next, ref Position position)
    {
        if (position.Skipped < run.Limits.Offset)
        {
            position = next with { Skipped = position.Skipped + 1 };
            return true;
        }

        if (!run.Page.TryAdd(value))
            return false;
        position = next with { Emitted = position.Emitted + 1 };
        return !run.Page.IsFull && position.Emitted < run.Limits.Limit;
    }
}
