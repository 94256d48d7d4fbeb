using QANexus.LocalCosmos.Sql.Values;

namespace QANexus.LocalCosmos.Sql.Functions;

/// <summary>Functions about arrays and objects.</summary>
internal static class ArrayFunctions
{
    public static Dictionary<string, Function> All { get; } = new()
    {
        ["ARRAY_CONTAINS"] = new(2, 3, static (a, _) => Contains(a)),
        ["ARRAY_CONTAINS_ANY"] = new(2, int.MaxValue, static (a, _) => ContainsSome(a, all: false)),
        ["ARRAY_CONTAINS_ALL"] = new(2, int.MaxValue, static (a, _) => ContainsSome(a, all: true)),
        ["ARRAY_LENGTH"] = new(1, 1, static (a, _) => a[0].IsArray ? SqlValue.FromNumber(ToList(a[0]).Count) : SqlValue.Undefined),
        ["ARRAY_CONCAT"] = new(2, int.MaxValue, static (a, _) => Concat(a)),
        ["ARRAY_SLICE"] = new(2, 3, static (a, _) => Slice(a)),
        ["CHOOSE"] = new(2, int.MaxValue, static (a, _) => Choose(a)),
        ["SETINTERSECT"] = Sets(static (left, right) => left.Intersect(right, SqlOrder.Instance)),
        ["SETUNION"] = Sets(static (left, right) => left.Union(right, SqlOrder.Instance)),
        ["SETDIFFERENCE"] = Sets(static (left, right) => left.Except(right, SqlOrder.Instance)),
        ["SETEQUAL"] = new(2, 2, static (a, _) => a[0].IsArray && a[1].IsArray
            ? SqlValue.FromBoolean(ToList(a[0]).ToHashSet(SqlOrder.Instance).SetEquals(ToList(a[1])))
            : SqlValue.Undefined),
        ["ARRAY_SUM"] = Fold(static numbers => numbers.Count == 0 ? null : numbers.Sum()),
        ["ARRAY_AVG"] = Fold(static numbers => numbers.Count == 0 ? null : numbers.Average()),
        ["ARRAY_MEDIAN"] = Fold(Median),
        ["ARRAY_MIN"] = new(1, 1, static (a, _) => Extremum(a[0], -1)),
        ["ARRAY_MAX"] = new(1, 1, static (a, _) => Extremum(a[0], 1)),
        ["OBJECTTOARRAY"] = new(1, 3, static (a, _) => ObjectToArray(a)),
    };

    private static SqlValue Contains(ReadOnlySpan<SqlValue> a)
    {
        if (!a[0].IsArray || !a[1].IsDefined || (a.Length == 3 && a[2].Type != SqlType.Boolean))
            return SqlValue.Undefined;
        bool partial = a.Length == 3 && a[2].IsTrue;
        foreach (var item in new ArrayItems(a[0]))
        {
            if (partial ? Includes(item, a[1]) : SqlOrder.Instance.Equals(item, a[1]))
                return SqlValue.True;
        }

        return SqlValue.False;
    }

    /// <summary>Whether all members of the one are in the other with equal values; for all but objects, whether both are equal.</summary>
    private static bool Includes(SqlValue item, SqlValue part)
    {
        if (!item.IsObject || !part.IsObject)
            return SqlOrder.Instance.Equals(item, part);
        foreach (var wanted in new ObjectMembers(part))
        {
            var found = PropertyPath.Follow(item, [new PathStep(wanted.Name, -1)]);
            if (!Includes(found, wanted.Value))
                return false;
        }

        return true;
    }

    private static SqlValue ContainsSome(ReadOnlySpan<SqlValue> a, bool all)
    {
        if (!a[0].IsArray)
            return SqlValue.Undefined;
        var items = ToList(a[0]).ToHashSet(SqlOrder.Instance);
        var result = SqlValue.FromBoolean(all);
        foreach (var wanted in a[1..])
        {
            if (!wanted.IsDefined)
                result = SqlValue.Undefined;
            else if (items.Contains(wanted) != all)
                return SqlValue.FromBoolean(!all);
        }

        return result;
    }

    private static SqlValue Concat(ReadOnlySpan<SqlValue> arrays)
    {
        var items = new List<SqlValue>();
        foreach (var array in arrays)
        {
            if (!array.IsArray)
                return SqlValue.Undefined;
            items.AddRange(ToList(array));
        }

        return SqlValue.FromArray(items);
    }

    private static SqlValue Slice(ReadOnlySpan<SqlValue> a)
    {
        if (!a[0].IsArray || !double.IsInteger(a[1].Number) || !a[1].IsNumber)
            return SqlValue.Undefined;
        if (a.Length == 3 && (!a[2].IsNumber || !double.IsInteger(a[2].Number)))
            return SqlValue.Undefined;
        var items = ToList(a[0]);
        int start = (int)Math.Clamp(a[1].Number < 0 ? items.Count + a[1].Number : a[1].Number, 0, items.Count);
        int count = (int)Math.Clamp(a.Length == 3 ? a[2].Number : int.MaxValue, 0, items.Count - start);
        return SqlValue.FromArray(items.GetRange(start, count));
    }

    /// <summary>The argument at the place that the first one names, counted from 1.</summary>
    private static SqlValue Choose(ReadOnlySpan<SqlValue> a) =>
        a[0].IsNumber && a[0].Number >= 1 && a[0].Number < a.Length ? a[(int)a[0].Number] : SqlValue.Undefined;

    private static Function Sets(Func<List<SqlValue>, List<SqlValue>, IEnumerable<SqlValue>> combine) => new(2, 2, (a, _) =>
        a[0].IsArray && a[1].IsArray ? SqlValue.FromArray([.. combine(ToList(a[0]), ToList(a[1]))]) : SqlValue.Undefined);

    private static Function Fold(Func<List<double>, double?> fold) => new(1, 1, (a, _) =>
    {
        if (!a[0].IsArray)
            return SqlValue.Undefined;
        var numbers = new List<double>();
        foreach (var item in new ArrayItems(a[0]))
        {
            if (!item.IsNumber)
                return SqlValue.Undefined;
            numbers.Add(item.Number);
        }

        return fold(numbers) is { } result ? SqlValue.FromNumber(result) : SqlValue.Undefined;
    });

    private static double? Median(List<double> numbers)
    {
        if (numbers.Count == 0)
            return null;
        numbers.Sort();
        int middle = numbers.Count / 2;
        return numbers.Count % 2 == 1 ? numbers[middle] : (numbers[middle - 1] + numbers[middle]) / 2;
    }

    private static SqlValue Extremum(SqlValue array, int sign)
    {
        var extremum = SqlValue.Undefined;
        foreach (var item in new ArrayItems(array))
        {
            if (item.Type >= SqlType.Array)
                return SqlValue.Undefined;
            if (!extremum.IsDefined || sign * SqlOrder.Instance.Compare(item, extremum) > 0)
                extremum = item;
        }

        return extremum;
    }

    private static SqlValue ObjectToArray(ReadOnlySpan<SqlValue> a)
    {
        if (!a[0].IsObject || (a.Length > 1 && !a[1].IsString) || (a.Length > 2 && !a[2].IsString))
            return SqlValue.Undefined;
        ReadOnlyMemory<byte> name = a.Length > 1 ? a[1].Text : "k"u8.ToArray();
        ReadOnlyMemory<byte> value = a.Length > 2 ? a[2].Text : "v"u8.ToArray();
        var items = new List<SqlValue>();
        foreach (var member in new ObjectMembers(a[0]))
            items.Add(SqlValue.FromObject([new SqlMember(name, SqlValue.FromString(member.Name)), new SqlMember(value, member.Value)]));
        return SqlValue.FromArray(items);
    }

    private static List<SqlValue> ToList(SqlValue array)
    {
        var items = new List<SqlValue>();
        foreach (var item in new ArrayItems(array))
            items.Add(item);
        return items;
    }
}
