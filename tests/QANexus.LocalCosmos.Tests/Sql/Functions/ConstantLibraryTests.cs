using CsCheck;
using QANexus.LocalCosmos.Tests.Packaging;

namespace QANexus.LocalCosmos.Tests.Sql.Functions;

/// <summary>Operators and functions make of constants what the library makes of them.</summary>
public sealed class ConstantLibraryTests
{
    private static readonly Gen<string> Constants = Gen.OneOf(
        "1", "2", "-3", "0", "2.5", "\"a\"", "\"b\"", "\"\"", "true", "false", "null", "undefined", "[1, 2]", "{\"a\": 1}");

    public static TheoryData<string> Expressions { get; } = [.. ConstantCorpus.Expressions];

    [LibraryTheory]
    [MemberData(nameof(Expressions))]
    [Proves(Area.Queries, "functions and operators as the vendor's own library folds them")]
    public void An_expression_is_true_where_the_library_says_so(string expression) =>
        Assert.Equal(QueryPlanLibrary.Instance.IsTrue(expression), IsTrue(expression));

    [LibraryFact]
    [Proves(Area.Queries, "functions and operators as the vendor's own library folds them")]
    public void Random_expressions_are_true_where_the_library_says_so()
    {
        var binary = Gen.OneOf("=", "!=", "<", "<=", ">", ">=", "AND", "OR", "+", "-", "*", "%", "||", "??", "&", "|", "^", "<<", ">>");
        var expression = Gen.Recursive<string>((depth, smaller) => depth > 3 ? Constants : Gen.OneOf(
            Constants,
            Gen.Select(smaller, binary, smaller, static (x, op, y) => $"({x} {op} {y})"),
            smaller.Select(static x => $"(NOT {x})"),
            smaller.Select(static x => $"IS_DEFINED({x})"),
            smaller.Select(static x => $"(- {x})"),
            Gen.Select(smaller, smaller, smaller, static (x, y, z) => $"({x} ? {y} : {z})"),
            Gen.Select(smaller, smaller, smaller, static (x, y, z) => $"({x} BETWEEN {y} AND {z})"),
            Gen.Select(smaller, Constants, Constants, static (x, y, z) => $"({x} IN ({y}, {z}))"),
            Gen.Select(smaller, smaller, static (x, y) => $"ARRAY_CONTAINS([{x}, {y}], {y})"),
            Gen.Select(smaller, smaller, static (x, y) => $"STARTSWITH({x}, {y})")));
        Gen.Select(expression, Gen.OneOf("=", "!="), Constants, static (x, op, y) => $"{x} {op} {y}")
            .Sample(text => QueryPlanLibrary.Instance.IsTrue(text) == IsTrue(text), iter: 2000, threads: 1);
    }

    private static bool IsTrue(string expression) => new ArraySource("{}").Run($"SELECT VALUE ({expression}) FROM c") == "[true]";
}
