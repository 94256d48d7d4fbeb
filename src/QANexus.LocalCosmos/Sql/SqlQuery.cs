using QANexus.LocalCosmos.Sql.Syntax;

namespace QANexus.LocalCosmos.Sql;

/// <summary>A query text that is syntactically right. Immutable, so it may be kept and run any number of times.</summary>
internal sealed class SqlQuery
{
    private SqlQuery(SelectQuery syntax) => Syntax = syntax;

    public SelectQuery Syntax { get; }

    /// <exception cref="SqlException">The text is no query.</exception>
    public static SqlQuery Parse(string text) => new(Parser.ParseQuery(text));
}
