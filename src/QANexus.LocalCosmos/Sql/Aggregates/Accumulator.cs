using QANexus.LocalCosmos.Sql.Values;

namespace QANexus.LocalCosmos.Sql.Aggregates;

/// <summary>Folds the values of one aggregate over the rows of one group. None of them takes notice of undefined values.</summary>
internal abstract class Accumulator
{
    public abstract SqlValue Result { get; }

    public void Add(SqlValue value)
    {
        if (value.IsDefined)
            AddDefined(value);
    }

    protected abstract void AddDefined(SqlValue value);
}

/// <summary>How many values there are.</summary>
internal sealed class Count : Accumulator
{
    private long count;

    public override SqlValue Result => SqlValue.FromNumber(count);

    protected override void AddDefined(SqlValue value) => count++;
}

/// <summary>How many values are true.</summary>
internal sealed class CountIf : Accumulator
{
    private long count;

    public override SqlValue Result => SqlValue.FromNumber(count);

    protected override void AddDefined(SqlValue value) => count += value.IsTrue ? 1 : 0;
}

/// <summary>The sum; 0 of nothing; undefined as soon as one value is not a number.</summary>
internal sealed class Sum : Accumulator
{
    private double sum;
    private bool isNumeric = true;

    public override SqlValue Result => isNumeric ? SqlValue.FromNumber(sum) : SqlValue.Undefined;

    protected override void AddDefined(SqlValue value)
    {
        sum += value.Number;
        isNumeric &= value.IsNumber;
    }
}

/// <summary>The mean; undefined of nothing, and as soon as one value is not a number.</summary>
internal sealed class Average : Accumulator
{
    private double sum;
    private long count;
    private bool isNumeric = true;

    public override SqlValue Result => isNumeric && count > 0 ? SqlValue.FromNumber(sum / count) : SqlValue.Undefined;

    protected override void AddDefined(SqlValue value)
    {
        sum += value.Number;
        count++;
        isNumeric &= value.IsNumber;
    }
}

/// <summary>
/// The least or greatest value in the type order; undefined of nothing, and as soon as one value is an array or object, which have no order.
/// </summary>
internal sealed class Extremum(int sign) : Accumulator
{
    private SqlValue extremum;
    private bool isOrdered = true;

    public override SqlValue Result => isOrdered ? extremum : SqlValue.Undefined;

    protected override void AddDefined(SqlValue value)
    {
        isOrdered &= value.Type < SqlType.Array;
        if (!extremum.IsDefined || sign * SqlOrder.Instance.Compare(value, extremum) > 0)
            extremum = value;
    }
}

/// <summary>All values, or all different ones.</summary>
internal sealed class Collected(bool distinct) : Accumulator
{
    private readonly List<SqlValue> values = [];
    private readonly HashSet<SqlValue> seen = new(SqlOrder.Instance);

    public override SqlValue Result => SqlValue.FromArray(values);

    protected override void AddDefined(SqlValue value)
    {
        if (!distinct || seen.Add(value))
            values.Add(value);
    }
}

/// <summary>The value of the group's first row.</summary>
internal sealed class First : Accumulator
{
    private SqlValue first;

    public override SqlValue Result => first;

    protected override void AddDefined(SqlValue value)
    {
        if (!first.IsDefined)
            first = value;
    }
}
