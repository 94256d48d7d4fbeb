using QANexus.LocalCosmos.Sql.Values;

namespace QANexus.LocalCosmos.Sql.Functions;

/// <summary>Functions about numbers, which are doubles.</summary>
internal static class MathFunctions
{
    public static Dictionary<string, Function> All { get; } = new()
    {
        ["ABS"] = Of(Math.Abs),
        ["ACOS"] = Of(Math.Acos),
        ["ASIN"] = Of(Math.Asin),
        ["ATAN"] = Of(Math.Atan),
        ["ATN2"] = Of(Math.Atan2),
        ["CEILING"] = Of(Math.Ceiling),
        ["COS"] = Of(Math.Cos),
        ["COT"] = Of(static x => 1 / Math.Tan(x)),
        ["DEGREES"] = Of(static x => x * 180 / Math.PI),
        ["EXP"] = Of(Math.Exp),
        ["FLOOR"] = Of(Math.Floor),
        ["LOG"] = new(1, 2, static (a, _) => Log(a)),
        ["LOG10"] = Of(Math.Log10),
        ["NUMBERBIN"] = new(1, 2, static (a, _) => Bin(a)),
        ["PI"] = new(0, 0, static (_, _) => SqlValue.FromNumber(Math.PI)),
        ["POWER"] = Of(Math.Pow),
        ["RADIANS"] = Of(static x => x * Math.PI / 180),
        ["RAND"] = new(0, 0, static (_, _) => SqlValue.FromNumber(Random.Shared.NextDouble())),
        ["ROUND"] = new(1, 2, static (a, _) => Round(a)),
        ["SIGN"] = Of(static x => double.IsNaN(x) ? x : Math.Sign(x)),
        ["SIN"] = Of(Math.Sin),
        ["SQRT"] = Of(Math.Sqrt),
        ["SQUARE"] = Of(static x => x * x),
        ["TAN"] = Of(Math.Tan),
        ["TRUNC"] = Of(Math.Truncate),
        ["INTADD"] = OfIntegers(static (x, y) => x + y),
        ["INTSUB"] = OfIntegers(static (x, y) => x - y),
        ["INTMUL"] = OfIntegers(static (x, y) => x * y),
        ["INTDIV"] = OfIntegers(static (x, y) => y == 0 ? null : x / y),
        ["INTMOD"] = OfIntegers(static (x, y) => y == 0 ? null : x % y),
        ["INTBITAND"] = OfIntegers(static (x, y) => x & y),
        ["INTBITOR"] = OfIntegers(static (x, y) => x | y),
        ["INTBITXOR"] = OfIntegers(static (x, y) => x ^ y),
        ["INTBITLEFTSHIFT"] = OfIntegers(static (x, y) => x << (int)y),
        ["INTBITRIGHTSHIFT"] = OfIntegers(static (x, y) => x >> (int)y),
        ["INTBITNOT"] = new(1, 1, static (a, _) => TryGetInteger(a[0], out long x) ? SqlValue.FromNumber(~x) : SqlValue.Undefined),
    };

    private static Function Of(Func<double, double> map) =>
        new(1, 1, (a, _) => a[0].IsNumber ? SqlValue.FromNumber(map(a[0].Number)) : SqlValue.Undefined);

    private static Function Of(Func<double, double, double> map) =>
        new(2, 2, (a, _) => a[0].IsNumber && a[1].IsNumber ? SqlValue.FromNumber(map(a[0].Number, a[1].Number)) : SqlValue.Undefined);

    private static Function OfIntegers(Func<long, long, long?> map) => new(2, 2, (a, _) =>
        TryGetInteger(a[0], out long x) && TryGetInteger(a[1], out long y) && map(x, y) is { } result
            ? SqlValue.FromNumber(result)
            : SqlValue.Undefined);

    private static bool TryGetInteger(SqlValue value, out long integer)
    {
        integer = value.IsNumber && Math.Abs(value.Number) < long.MaxValue ? (long)value.Number : 0;
        return value.IsNumber && integer == value.Number;
    }

    private static SqlValue Log(ReadOnlySpan<SqlValue> a)
    {
        if (!a[0].IsNumber || (a.Length == 2 && !a[1].IsNumber))
            return SqlValue.Undefined;
        return SqlValue.FromNumber(a.Length == 2 ? Math.Log(a[0].Number) / Math.Log(a[1].Number) : Math.Log(a[0].Number));
    }

    private static SqlValue Bin(ReadOnlySpan<SqlValue> a)
    {
        if (!a[0].IsNumber || (a.Length == 2 && !a[1].IsNumber))
            return SqlValue.Undefined;
        double size = a.Length == 2 ? a[1].Number : 1;
        return size == 0 ? SqlValue.Undefined : SqlValue.FromNumber(Math.Floor(a[0].Number / size) * size);
    }

    /// <summary>Halves go away from zero.</summary>
    private static SqlValue Round(ReadOnlySpan<SqlValue> a)
    {
        if (!a[0].IsNumber || (a.Length == 2 && !a[1].IsNumber))
            return SqlValue.Undefined;
        double scale = a.Length == 2 ? Math.Pow(10, Math.Truncate(a[1].Number)) : 1;
        double rounded = Math.Round(a[0].Number * scale, MidpointRounding.AwayFromZero) / scale;
        return SqlValue.FromNumber(double.IsFinite(rounded) ? rounded : a[0].Number);
    }
}
