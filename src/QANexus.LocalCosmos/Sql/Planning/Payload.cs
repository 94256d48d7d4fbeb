using QANexus.LocalCosmos.Sql.Aggregates;
using QANexus.LocalCosmos.Sql.Binding;
using QANexus.LocalCosmos.Sql.Syntax;

namespace QANexus.LocalCosmos.Sql.Planning;

/// <summary>The expressions that rewritten queries select.</summary>
internal static class Payload
{
    /// <summary>What the query selects, as one value.</summary>
    public static Expression Of(SelectQuery query, Func<Expression, Expression> rewrite) => query.Select.Spec switch
    {
        SelectValue value => rewrite(value.Expression),
        SelectList list => Object([.. ItemNames.Of(list).Zip(list.Items, (name, item) => (name, rewrite(item.Expression)))]),
        _ => new Identifier(SoleInput(query.From!), default),
    };

    /// <summary><c>[{"item": x}, ...]</c>.</summary>
    public static ArrayConstructor Items(IEnumerable<Expression> expressions) =>
        new([.. expressions.Select(static expression => Object([("item", expression)]))], default);

    public static ObjectConstructor Object(IReadOnlyList<(string Name, Expression Value)> members) =>
        new([.. members.Select(static member => new ObjectProperty(member.Name, member.Value, default))], default);

    /// <summary>An aggregate in the form in which those of several partitions can be merged; any other expression as it is.</summary>
    public static Expression Mergeable(Expression expression) => FindAggregate(expression) switch
    {
        null => expression,
        { PlanName: "Average" } => Object([("item", Object([("sum", Call("SUM", expression)), ("count", Call("COUNT", expression))]))]),
        { PlanName: "Min" } => Extremum("min", "MIN", expression),
        { PlanName: "Max" } => Extremum("max", "MAX", expression),
        _ => Object([("item", expression)]),
    };

    public static AggregateFunction? FindAggregate(Expression expression) =>
        expression is Call { IsUserDefined: false } call ? AggregateFunction.Find(call.Name) : null;

    /// <summary>The resource id of the document that a row comes from.</summary>
    public static Expression Rid(SelectQuery query) => new Member(new Identifier(Document(query.From!), default), "_rid", false, default);

    private static ObjectConstructor Extremum(string member, string function, Expression expression) => Object(
    [
        ("item", expression),
        ("item2", Object([(member, Call(function, expression)), ("count", Call("COUNT", expression))])),
    ]);

    private static Call Call(string function, Expression aggregate) => new(function, ((Call)aggregate).Arguments, false, default, default);

    private static string Document(Source source) => source switch
    {
        JoinSource join => Document(join.Left),
        IteratorSource { Collection: PathCollection path } => PathRoot.Of(path.Path).Name,
        IteratorSource iterator => iterator.Alias,
        AliasedSource { Alias: { } alias } => alias,
        AliasedSource { Collection: PathCollection path } => PathRoot.Of(path.Path).Name,
        _ => throw SqlException.NotSupported("ORDER BY over an input set without a name", source.Span),
    };

    private static string SoleInput(Source source) => source switch
    {
        IteratorSource iterator => iterator.Alias,
        AliasedSource { Alias: { } alias } => alias,
        AliasedSource { Collection: PathCollection { Path: Identifier identifier } } => identifier.Name,
        AliasedSource { Collection: PathCollection { Path: Member { Quoted: false } member } } => member.Name,
        _ => throw SqlException.NotSupported("ORDER BY over an input set without a name", source.Span),
    };
}
