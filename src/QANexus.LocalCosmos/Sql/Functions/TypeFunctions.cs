using QANexus.LocalCosmos.Sql.Values;

namespace QANexus.LocalCosmos.Sql.Functions;

/// <summary>Questions about a value's type. Undefined is of no type, and that is an answer.</summary>
internal static class TypeFunctions
{
    public static Dictionary<string, Function> All { get; } = new()
    {
        ["IS_DEFINED"] = Is(static value => value.IsDefined),
        ["IS_NULL"] = Is(static value => value.Type == SqlType.Null),
        ["IS_BOOL"] = Is(static value => value.Type == SqlType.Boolean),
        ["IS_NUMBER"] = Is(static value => value.IsNumber),
        ["IS_STRING"] = Is(static value => value.IsString),
        ["IS_ARRAY"] = Is(static value => value.IsArray),
        ["IS_OBJECT"] = Is(static value => value.IsObject),
        ["IS_PRIMITIVE"] = Is(static value => value.Type is > SqlType.Undefined and < SqlType.Array),
        ["IS_FINITE_NUMBER"] = Is(static value => value.IsNumber && double.IsFinite(value.Number)),
        ["IS_INTEGER"] = Is(static value => value.IsNumber && double.IsInteger(value.Number) && Math.Abs(value.Number) < long.MaxValue),
        ["IS_DATETIME"] = Is(static value => DateText.TryParse(value, out _)),
        ["IIF"] = new(3, 3, static (arguments, _) => arguments[0].IsTrue ? arguments[1] : arguments[2]),
    };

    private static Function Is(Predicate<SqlValue> predicate) => new(1, 1, (arguments, _) => SqlValue.FromBoolean(predicate(arguments[0])));
}
