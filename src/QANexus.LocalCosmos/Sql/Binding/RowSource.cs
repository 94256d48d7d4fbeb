using QANexus.LocalCosmos.Sql.Values;

namespace QANexus.LocalCosmos.Sql.Binding;

/// <summary>Where the rows of a query come from: fills slots and calls back for each combination.</summary>
internal abstract class RowSource
{
    /// <summary>Calls <paramref name="next"/> for each row until it returns false; returns false then, too.</summary>
    public abstract bool ForEach(Frame frame, Func<bool> next);
}

/// <summary>The one row of a query without FROM.</summary>
internal sealed class SingleRow : RowSource
{
    public override bool ForEach(Frame frame, Func<bool> next) => next();
}

/// <summary>Each document of the container.</summary>
internal sealed class ContainerRows(int slot) : RowSource
{
    public override bool ForEach(Frame frame, Func<bool> next)
    {
        foreach (var body in frame.Container)
        {
            frame.Cancellation.ThrowIfCancellationRequested();
            frame.Slots[slot] = SqlValue.FromRawObject(body);
            if (!next())
                return false;
        }

        return true;
    }
}

/// <summary>The one value of an expression; none where it is undefined.</summary>
internal sealed class ValueRow(int slot, Evaluator value) : RowSource
{
    public override bool ForEach(Frame frame, Func<bool> next)
    {
        frame.Slots[slot] = value(frame);
        return !frame.Slots[slot].IsDefined || next();
    }
}

/// <summary>Each element of an array; none where there is no array.</summary>
internal sealed class ElementRows(int slot, Evaluator array) : RowSource
{
    public override bool ForEach(Frame frame, Func<bool> next)
    {
        foreach (var element in new ArrayItems(array(frame)))
        {
            frame.Cancellation.ThrowIfCancellationRequested();
            frame.Slots[slot] = element;
            if (!next())
                return false;
        }

        return true;
    }
}

/// <summary>Each row of a subquery.</summary>
internal sealed class SubqueryRows(int slot, BoundQuery query) : RowSource
{
    public override bool ForEach(Frame frame, Func<bool> next) => query.ForEach(frame, value =>
    {
        frame.Slots[slot] = value;
        return next();
    });
}

/// <summary>For each row of the one, each row of the other.</summary>
internal sealed class JoinedRows(RowSource left, RowSource right) : RowSource
{
    public override bool ForEach(Frame frame, Func<bool> next) => left.ForEach(frame, () => right.ForEach(frame, next));
}
