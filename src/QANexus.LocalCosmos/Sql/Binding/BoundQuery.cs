using QANexus.LocalCosmos.Sql.Aggregates;
using QANexus.LocalCosmos.Sql.Values;

namespace QANexus.LocalCosmos.Sql.Binding;

/// <summary>A compiled query or subquery.</summary>
/// <param name="Source">Its rows before WHERE.</param>
/// <param name="Where">The rows to keep: those for which it is true.</param>
/// <param name="Grouping">How rows are folded into groups; null where they are not.</param>
/// <param name="Projection">What SELECT makes of a row or group.</param>
/// <param name="DropsUndefined">Whether a row without a value is no row: so for SELECT VALUE.</param>
/// <param name="Distinct">Whether equal values are returned once.</param>
internal sealed record BoundQuery(
    RowSource Source,
    Evaluator? Where,
    Grouping? Grouping,
    Evaluator Projection,
    bool DropsUndefined,
    bool Distinct)
{
    /// <summary>Calls <paramref name="next"/> with each row's value until it returns false; returns false then, too.</summary>
    public bool ForEach(Frame frame, Func<SqlValue, bool> next)
    {
        var seen = Distinct ? new HashSet<SqlValue>(SqlOrder.Instance) : null;
        return ForEachKept(frame, _ => !TryProject(frame, out var value) || seen?.Add(value) == false || next(value));
    }

    /// <summary>Calls back for each row that WHERE keeps, or each group with the array of its keys, until told to stop.</summary>
    public bool ForEachKept(Frame frame, Func<SqlValue, bool> next)
    {
        if (Grouping is null)
            return Source.ForEach(frame, () => !Keeps(frame) || next(SqlValue.Undefined));
        var groups = Grouping.NewGroups();
        Source.ForEach(frame, () =>
        {
            if (Keeps(frame))
                groups.Add(frame);
            return true;
        });
        return groups.ForEach(frame, next);
    }

    /// <summary>The value of the row that the frame holds; false where it is no row after all.</summary>
    public bool TryProject(Frame frame, out SqlValue value)
    {
        value = Projection(frame);
        return value.IsDefined || !DropsUndefined;
    }

    private bool Keeps(Frame frame) => Where is null || Where(frame).IsTrue;
}
