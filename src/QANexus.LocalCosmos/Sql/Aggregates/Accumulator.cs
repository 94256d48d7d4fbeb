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
    private long _count;

    public override SqlValue Result => SqlValue.FromNumber(_count);

    protected override void AddDefined(SqlValue value) => _count++;
}

/// <summary>How many values are true.</summary>
internal sealed class CountIf : Accumulator
{
    private long _count;

    public override SqlValue Result => SqlValue.FromNumber(_count);

    protected override void AddDefined(SqlValue value) => _count += value.IsTrue ? 1 : 0;
}

/// <summary>The sum; 0 of nothing; undefined as soon as one value is not a number.</summary>
internal sealed class Sum : Accumulator
{
    private double _sum;
    private bool _isNumeric = true;

    public override SqlValue Result => _isNumeric ? SqlValue.FromNumber(_sum) : SqlValue.Undefined;

    protected override void AddDefined(SqlValue value)
    {
        _sum += value.Number;
        _isNumeric &= value.IsNumber;
    }
}

/// <summary>The mean; undefined of nothing, and as soon as one value is not a number.</summary>
internal sealed class Average : Accumulator
{
    private double _sum;
    private long _count;
    private bool _isNumeric = true;

    public override SqlValue Result => _isNumeric && _count > 0 ? SqlValue.FromNumber(_sum / _count) : SqlValue.Undefined;

    protected override void AddDefined(SqlValue value)
    {
        _sum += value.Number;
        _count++;
        _isNumeric &= value.IsNumber;
    }
}

/// <summary>
/// The least or greatest value in the type order; undefined of nothing, and as soon as one value is an array or object, which have no order.
/// </summary>
internal sealed class Extremum(int sign) : Accumulator
{
    private SqlValue _extremum;
    private bool _isOrdered = true;

    public override SqlValue Result => _isOrdered ? _extremum : SqlValue.Undefined;

    protected override void AddDefined(SqlValue value)
    {
        _isOrdered &= value.Type < SqlType.Array;
        if (!_extremum.IsDefined || sign * SqlOrder.Instance.Compare(value, _extremum) > 0)
            _extremum = value;
    }
}

/// <summary>All values, or all different ones.</summary>
internal sealed class Collected(bool distinct) : Accumulator
{
    private readonly List<SqlValue> _values = [];
    private readonly HashSet<SqlValue> _seen = new(SqlOrder.Instance);

    public override SqlValue Result => SqlValue.FromArray(_values);

    protected override void AddDefined(SqlValue value)
    {
        if (!distinct || _seen.Add(value))
            _values.Add(value);
    }
}

/// <summary>The value of the group's first row.</summary>
internal sealed class First : Accumulator
{
    private SqlValue _first;

    public override SqlValue Result => _first;

    protected override void AddDefined(SqlValue value)
    {
        if (!_first.IsDefined)
            _first = value;
    }
}
