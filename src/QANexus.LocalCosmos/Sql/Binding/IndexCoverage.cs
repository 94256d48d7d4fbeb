using QANexus.LocalCosmos.Sql.Syntax;

namespace QANexus.LocalCosmos.Sql.Binding;

/// <summary>Tells which conditions an index can answer without the document: those that touch indexed paths only.</summary>
internal sealed class IndexCoverage(Func<string, bool> isIndexed)
{
    /// <summary>Whether a condition touches nothing but indexed paths of the document that has this name.</summary>
    public bool Covers(Expression condition, string document)
    {
        var scope = new Scope(null);
        scope.TryAdd(document, new InputSet(0, ""));
        return Covers(condition, scope);
    }

    private bool Covers(Expression condition, Scope scope)
    {
        var pending = new Stack<Expression>([condition]);
        while (pending.TryPop(out var expression))
        {
            switch (expression)
            {
                case Identifier or Member or Element:
                    if (!IsIndexed(IndexPaths.Of(expression, scope)))
                        return false;
                    break;
                case Call call when IsElementTest(call):
                    if (!IsIndexed(IndexPaths.Of(call.Arguments[0], scope) + "/[]"))
                        return false;
                    PushAll(call.Arguments.Skip(1));
                    break;
                case Subquery subquery:
                    if (!Covers(subquery.Query, scope))
                        return false;
                    break;
                default:
                    PushAll(ExpressionTree.Children(expression));
                    break;
            }
        }

        return true;

        void PushAll(IEnumerable<Expression> expressions)
        {
            foreach (var child in expressions)
                pending.Push(child);
        }
    }

    private bool Covers(SelectQuery query, Scope outer)
    {
        var scope = new Scope(outer);
        // An input set itself is always defined, so selecting it asks nothing of the index.
        var selected = ExpressionTree.Selected(query.Select.Spec).Where(static expression => expression is not Identifier);
        return TryIntroduce(query.From, scope) &&
            selected.Concat(query.GroupBy).All(expression => Covers(expression, scope)) &&
            (query.Where is null || Covers(query.Where, scope));
    }

    private static bool TryIntroduce(Source? source, Scope scope)
    {
        switch (source)
        {
            case null:
                return true;
            case JoinSource join:
                return TryIntroduce(join.Left, scope) && TryIntroduce(join.Right, scope);
            case IteratorSource { Collection: PathCollection path } iterator when IndexPaths.Of(path.Path, scope) is { } items:
                return scope.TryAdd(iterator.Alias, new InputSet(0, items + "/[]"));
            case AliasedSource { Collection: PathCollection { Path: Identifier identifier }, Alias: null }:
                return scope.TryResolve(identifier.Name, out _);
            default:
                return false;
        }
    }

    private bool IsIndexed(string? path) => path is not null && (path is "" or "/id" || isIndexed(path));

    private static bool IsElementTest(Call call) =>
        call.Arguments.Count > 0 && call.Name.StartsWith("ARRAY_CONTAINS", StringComparison.OrdinalIgnoreCase) &&
        call.Arguments[0] is Member or Element;
}
