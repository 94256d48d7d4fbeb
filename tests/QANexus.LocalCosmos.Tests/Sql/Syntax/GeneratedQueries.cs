using CsCheck;

namespace QANexus.LocalCosmos.Tests.Sql.Syntax;

/// <summary>Query texts of all forms, with as few parentheses as the grammar allows.</summary>
internal static class GeneratedQueries
{
    private static readonly Gen<string> Paths = Gen.OneOf(
        "c.a", "c.b.c", "c[\"d e\"]", "c.tags[0]", "c[\"count\"]", "c", "@p", "c.x[\"y\"].z[1]");

    private static readonly Gen<string> Literals = Gen.OneOf(
        "1", "-2.5", "'it\\'s'", "\"q\\u00e9\\n\"", "true", "null", "undefined", "[]", "{}", "1e10", "0.1");

    private static readonly Gen<string> Operators = Gen.OneOf(
        "=", "!=", "<>", "<", ">=", "+", "-", "*", "/", "%", "||", "&", "|", "^", "<<", ">>", ">>>");

    public static Gen<string> Expressions { get; } = Gen.Recursive<string>((depth, smaller) => depth > 4 ? Gen.OneOf(Paths, Literals) : Gen.OneOf(
        Paths,
        Literals,
        Gen.Select(smaller, Operators, smaller, static (x, op, y) => $"{Operand(x)} {op} {Operand(y)}"),
        Gen.Select(smaller, Gen.OneOf("AND", "or", "And"), smaller, static (x, op, y) => $"({x}) {op} {Operand(y)}"),
        Gen.Select(smaller, smaller, static (x, y) => $"({x}) ?? ({y})"),
        Gen.Select(smaller, smaller, smaller, static (x, y, z) => $"({x}) ? {y} : {z}"),
        smaller.Select(static x => $"NOT {Operand(x)}"),
        smaller.Select(static x => $"- {Operand(x)}"),
        Gen.Select(smaller, smaller, smaller, static (x, y, z) => $"({Operand(x)} NOT BETWEEN {Operand(y)} AND {Operand(z)})"),
        Gen.Select(smaller, smaller, Gen.OneOf("IN", "NOT IN"), static (x, y, op) => $"({Operand(x)} {op} ({y}, 1))"),
        Gen.Select(smaller, Gen.OneOf("LIKE", "NOT LIKE"), static (x, op) => $"({Operand(x)} {op} 'a%' ESCAPE '!')"),
        Gen.Select(smaller, smaller, static (x, y) => $"[{x}, {{a: {y}, 'b c': 1}}]"),
        smaller.Select(static x => $"lower({x})"),
        smaller.Select(static x => $"ARRAY_CONTAINS(c.t, {x}, true)"),
        smaller.Select(static x => $"(SELECT VALUE {x})"),
        smaller.Select(x => $"EXISTS(SELECT VALUE t{depth} FROM t{depth} IN c.t WHERE {x})"),
        smaller.Select(x => $"ARRAY(SELECT t{depth}.a, {x} AS b FROM t{depth} IN c.t)")));

    public static Gen<string> Queries { get; } =
        from selected in Gen.OneOf(
            Gen.OneOf("*", "VALUE c", "TOP 3 *", "DISTINCT VALUE c.a", "DISTINCT c.a, c.b", "DISTINCT TOP 2 c.a"),
            Expressions.Select(static e => $"VALUE {e}"),
            Gen.Select(Expressions, Expressions, static (x, y) => $"{x} AS one, {y} AS two"))
        from aggregate in Gen.OneOf(
            "VALUE COUNT(1)", "VALUE AVG(c.a)", "SUM(c.a) AS s, MIN(c.b) AS m", "COUNT(1) AS n, MAX(c.b) AS m", "VALUE Max(c.a.b)", "TOP 2 VALUE SUM(c.a)")
        from isAggregate in Gen.Int[0, 3]
        from joined in Gen.OneOf("", " JOIN j IN c.items", " JOIN (SELECT VALUE t FROM t IN c.tags WHERE t.a = 1) AS v")
        from condition in Expressions
        from hasWhere in Gen.Bool
        from order in Gen.OneOf("", " ORDER BY c.a", " ORDER BY c.a DESC, c.b.c ASC", " ORDER BY c[\"d e\"]")
        from limit in Gen.OneOf("", "", " OFFSET 2 LIMIT 3")
        let star = selected.Contains('*', StringComparison.Ordinal)
        let chosen = isAggregate == 0 ? aggregate : selected
        let top = chosen.Contains("TOP", StringComparison.Ordinal)
        select $"SELECT {chosen} FROM c{(star ? "" : joined)}{(hasWhere ? $" WHERE c.q > 0 OR ({condition}) = c.r" : "")}{order}{(top ? "" : limit)}";

    /// <summary>What may stand beside any operator.</summary>
    private static string Operand(string expression) =>
        expression.Contains('?', StringComparison.Ordinal) || expression.Contains(" AND ", StringComparison.OrdinalIgnoreCase) ||
        expression.Contains(" or ", StringComparison.OrdinalIgnoreCase)
            ? $"({expression})"
            : expression;
}
