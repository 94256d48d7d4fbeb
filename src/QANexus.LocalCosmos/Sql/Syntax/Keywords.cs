using System.Collections.Frozen;

namespace QANexus.LocalCosmos.Sql.Syntax;

/// <summary>The reserved words: none of them can name an input set, an alias or an unquoted property.</summary>
internal static class Keywords
{
    public static FrozenSet<string> All { get; } = FrozenSet.ToFrozenSet(
    [
        "AND", "ARRAY", "AS", "ASC", "BETWEEN", "BY", "CASE", "CAST", "CONVERT", "CROSS", "DESC", "DISTINCT", "ELSE", "END", "ESCAPE",
        "EXISTS", "FALSE", "FOR", "FROM", "GROUP", "HAVING", "IN", "INNER", "INSERT", "INTO", "IS", "JOIN", "LEFT", "LIKE", "LIMIT", "NOT",
        "NULL", "OFFSET", "ON", "OR", "ORDER", "OUTER", "OVER", "RIGHT", "SELECT", "SET", "THEN", "TOP", "TRUE", "UNDEFINED",
        "UPDATE", "VALUE", "WHEN", "WHERE", "WITH",
    ]);
}
