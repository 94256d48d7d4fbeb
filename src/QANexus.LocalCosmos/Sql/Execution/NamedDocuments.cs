using QANexus.LocalCosmos.Documents;
using QANexus.LocalCosmos.Sql.Binding;
using QANexus.LocalCosmos.Sql.Syntax;

namespace QANexus.LocalCosmos.Sql.Execution;

/// <summary>
/// What WHERE says where it names documents one by one, as ReadMany does: alternatives, each of which fixes the texts of some properties. Like the bounds
/// of ids it says no more than what must hold.
/// </summary>
internal sealed class NamedDocuments
{
    private readonly string _document;
    private readonly Parameters _parameters;

    private NamedDocuments(string document, Parameters parameters) => (_document, _parameters) = (document, parameters);

    /// <summary>The alternatives; null where one of them fixes nothing.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<PropertyPath, string>>? Of(SelectQuery query, Parameters parameters)
    {
        if (query.Where is null || DocumentName.Of(query.From) is not { } document)
            return null;
        var named = new NamedDocuments(document, parameters);
        var alternatives = ExpressionTree.Operands(query.Where, BinaryOperator.Or).ConvertAll(named.TextsOf);
        return alternatives.Exists(static texts => texts.Count == 0) ? null : alternatives;
    }

    private IReadOnlyDictionary<PropertyPath, string> TextsOf(Expression alternative)
    {
        var texts = new Dictionary<PropertyPath, string>();
        foreach (var conjunct in ExpressionTree.Operands(alternative, BinaryOperator.And))
        {
            if (conjunct is Binary { Operator: BinaryOperator.Equal } equal && (TextOf(equal.Left, equal.Right) ?? TextOf(equal.Right, equal.Left)) is var (path, text))
                texts.TryAdd(path, text);
        }

        return texts;
    }

    private (PropertyPath Path, string Text)? TextOf(Expression property, Expression constant) =>
        PathOf(property) is { } path && _parameters.TextOf(constant) is { } text ? (path, text) : null;

    private PropertyPath? PathOf(Expression property)
    {
        var segments = new Stack<string>();
        while (property is Member member)
        {
            segments.Push(member.Name);
            property = member.Target;
        }

        return segments.Count > 0 && property is Identifier identifier && identifier.Name == _document ? new PropertyPath([.. segments]) : null;
    }
}
