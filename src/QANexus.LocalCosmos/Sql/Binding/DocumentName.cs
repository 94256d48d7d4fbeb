using QANexus.LocalCosmos.Sql.Syntax;

namespace QANexus.LocalCosmos.Sql.Binding;

/// <summary>What a query calls the documents of the container.</summary>
internal static class DocumentName
{
    /// <summary>The name; null where the query sees no whole document, as with <c>FROM c.items</c>.</summary>
    public static string? Of(Source? source) => source switch
    {
        JoinSource join => Of(join.Left),
        AliasedSource { Collection: PathCollection { Path: Identifier identifier }, Alias: var alias } => alias ?? identifier.Name,
        _ => null,
    };

    /// <summary>Whether an expression is the id of the document.</summary>
    public static bool IsId(Expression expression, string name) =>
        expression is Member { Name: "id", Target: Identifier identifier } && identifier.Name == name;
}
