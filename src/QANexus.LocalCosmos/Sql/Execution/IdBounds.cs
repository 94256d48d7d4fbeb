using System.Text;
using QANexus.LocalCosmos.Sql.Binding;
using QANexus.LocalCosmos.Sql.Syntax;
using QANexus.LocalCosmos.Sql.Values;

namespace QANexus.LocalCosmos.Sql.Execution;

/// <summary>
/// What WHERE says about the id of the documents, so that the storage need not read others. It says no more than what must hold: the whole
/// condition is evaluated all the same.
/// </summary>
internal sealed class IdBounds(string document, Parameters parameters)
{
    private HashSet<string>? _ids;
    private Bound? _low;
    private Bound? _high;

    public static ScanRequest Narrow(ScanRequest scan, SelectQuery query, Parameters parameters)
    {
        if (query.Where is null || DocumentName.Of(query.From) is not { } document)
            return scan;
        var bounds = new IdBounds(document, parameters);
        bounds.Add(query.Where);
        return bounds.Apply(scan);
    }

    /// <summary>Adds a bound from a position in the order of ids.</summary>
    public static ScanRequest From(ScanRequest scan, string id, bool inclusive, bool descending)
    {
        var bounds = new IdBounds("", new Parameters());
        bounds._low = scan.FromId is null ? null : new Bound(scan.FromId, scan.FromInclusive);
        bounds._high = scan.ToId is null ? null : new Bound(scan.ToId, scan.ToInclusive);
        if (descending)
            bounds.AddHigh(new Bound(id, inclusive));
        else
            bounds.AddLow(new Bound(id, inclusive));
        return bounds.Apply(scan) with { Ids = scan.Ids };
    }

    private ScanRequest Apply(ScanRequest scan) => scan with
    {
        Ids = _ids,
        FromId = _low?.Id,
        FromInclusive = _low?.Inclusive ?? false,
        ToId = _high?.Id,
        ToInclusive = _high?.Inclusive ?? false,
    };

    private void Add(Expression condition)
    {
        foreach (var conjunct in ExpressionTree.Operands(condition, BinaryOperator.And))
        {
            switch (conjunct)
            {
                case Binary { Operator: BinaryOperator.Or } choice:
                    AddChoice(choice);
                    break;
                case Binary binary:
                    AddComparison(binary);
                    break;
                case Between { Negated: false } between when IsId(between.Value):
                    AddLow(ToBound(between.Low, true));
                    AddHigh(ToBound(between.High, true));
                    break;
                case In { Negated: false } contained when IsId(contained.Value):
                    AddIds([.. contained.Items.Select(Constant)]);
                    break;
                case Call call:
                    AddPrefix(call);
                    break;
            }
        }
    }

    /// <summary>Alternatives bound the id if each of them fixes it.</summary>
    private void AddChoice(Binary choice)
    {
        var all = new HashSet<string>(StringComparer.Ordinal);
        foreach (var alternative in ExpressionTree.Operands(choice, BinaryOperator.Or))
        {
            var bounds = new IdBounds(document, parameters);
            bounds.Add(alternative);
            if (bounds._ids is null)
                return;
            all.UnionWith(bounds._ids);
        }

        AddIds(all);
    }

    private void AddComparison(Binary binary)
    {
        bool flipped = IsId(binary.Right);
        if (!flipped && !IsId(binary.Left))
            return;
        var constant = flipped ? binary.Left : binary.Right;
        switch (binary.Operator)
        {
            case BinaryOperator.Equal:
                AddIds([Constant(constant)]);
                break;
            case BinaryOperator.Less or BinaryOperator.LessOrEqual when !flipped:
            case BinaryOperator.Greater or BinaryOperator.GreaterOrEqual when flipped:
                AddHigh(ToBound(constant, binary.Operator is BinaryOperator.LessOrEqual or BinaryOperator.GreaterOrEqual));
                break;
            case BinaryOperator.Less or BinaryOperator.LessOrEqual or BinaryOperator.Greater or BinaryOperator.GreaterOrEqual:
                AddLow(ToBound(constant, binary.Operator is BinaryOperator.LessOrEqual or BinaryOperator.GreaterOrEqual));
                break;
        }
    }

    private void AddPrefix(Call call)
    {
        if (!call.Name.Equals("STARTSWITH", StringComparison.OrdinalIgnoreCase) || call.IsUserDefined || call.Arguments.Count != 2 ||
            !IsId(call.Arguments[0]) || Constant(call.Arguments[1]) is not { } prefix)
        {
            return;
        }

        AddLow(new Bound(prefix, true));
        if (Successor(prefix) is { } successor)
            AddHigh(new Bound(successor, false));
    }

    /// <summary>The least text behind all that start with the prefix; null where there is none.</summary>
    private static string? Successor(string prefix)
    {
        Rune[] runes = [.. prefix.EnumerateRunes()];
        for (int last = runes.Length - 1; last >= 0; last--)
        {
            int next = runes[last].Value + 1;
            // The code points of surrogates are no characters.
            if (next == 0xD800)
                next = 0xE000;
            if (Rune.IsValid(next))
                return string.Concat(runes.Take(last)) + new Rune(next);
        }

        return null;
    }

    private void AddIds(IReadOnlyCollection<string?> constants)
    {
        // What is unknown here, such as another property, bounds nothing.
        if (constants.Any(static constant => constant is null))
            return;
        var known = constants.OfType<string>().ToHashSet(StringComparer.Ordinal);
        if (_ids is not null)
            known.IntersectWith(_ids);
        _ids = known;
    }

    private void AddLow(Bound? bound)
    {
        if (bound is not null && (_low is null || Compare(bound.Id, _low.Id) is var order && (order > 0 || (order == 0 && !bound.Inclusive))))
            _low = bound;
    }

    private void AddHigh(Bound? bound)
    {
        if (bound is not null && (_high is null || Compare(bound.Id, _high.Id) is var order && (order < 0 || (order == 0 && !bound.Inclusive))))
            _high = bound;
    }

    private Bound? ToBound(Expression expression, bool inclusive) => Constant(expression) is { } id ? new Bound(id, inclusive) : null;

    private bool IsId(Expression expression) => DocumentName.IsId(expression, document);

    private string? Constant(Expression expression) => parameters.TextOf(expression);

    private static int Compare(string left, string right) =>
        SqlOrder.Instance.Compare(SqlValue.FromString(left), SqlValue.FromString(right));

    private sealed record Bound(string Id, bool Inclusive);
}
