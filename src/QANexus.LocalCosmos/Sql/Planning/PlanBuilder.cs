using QANexus.LocalCosmos.Sql.Binding;
using QANexus.LocalCosmos.Sql.Execution;
using QANexus.LocalCosmos.Sql.Syntax;

namespace QANexus.LocalCosmos.Sql.Planning;

/// <summary>Plans a query the way the service does.</summary>
internal sealed class PlanBuilder(SelectQuery query, RowLimits limits)
{
    /// <summary>Where the client puts its own condition: it replaces the braces and what is in them.</summary>
    private static readonly Identifier s_filter = new("({documentdb-formattableorderbyquery-filter})", default);

    private readonly SelectValue? _value = query.Select.Spec as SelectValue;

    public QueryPlan Build()
    {
        var plan = new QueryPlan
        {
            Distinct = query.Select.Distinct ? DistinctKind.Unordered : DistinctKind.None,
            Top = query.Select.Top is null ? null : limits.Limit,
            Offset = query.OffsetLimit is null ? null : limits.Offset,
            Limit = query.OffsetLimit is null ? null : limits.Limit,
            HasSelectValue = _value is not null,
        };
        if (FindDistinctCount() is { } counted)
            return PlanDistinctCount(plan, counted);
        bool aggregates = ExpressionTree.Selected(query.Select.Spec).Any(ContainsAggregate);
        if (aggregates)
            RejectCompositions();
        if (query.GroupBy.Count > 0)
            return PlanGroups(plan, aggregates);
        if (aggregates)
            return PlanAggregates(plan);
        if (query.OrderBy.Count > 0)
            return PlanOrderBy(plan, Payload.Of(query, static expression => expression));
        if (query.Select.Distinct && (query.Select.Top is not null || query.OffsetLimit is not null))
            return plan with { Rewritten = query with { Select = query.Select with { Top = null }, OffsetLimit = null } };
        return query.OffsetLimit is null ? plan : plan with { Rewritten = query with { OffsetLimit = FirstRows() } };
    }

    /// <summary>The inner query of <c>SELECT COUNT(1) FROM (SELECT DISTINCT ...)</c>.</summary>
    private SelectQuery? FindDistinctCount()
    {
        bool isBare = query is { Select.Distinct: false, Where: null, GroupBy.Count: 0, OrderBy.Count: 0, OffsetLimit: null };
        if (!isBare || query.From is not AliasedSource { Collection: SubqueryCollection { Query: { Select.Distinct: true } inner } })
            return null;
        var counted = query.Select.Spec switch
        {
            SelectValue only => only.Expression,
            SelectList { Items: [var only] } => only.Expression,
            _ => null,
        };
        return counted is Call { IsUserDefined: false, Arguments: [NumberLiteral or StringLiteral or BooleanLiteral or NullLiteral] } call &&
            Payload.FindAggregate(call)?.PlanName == "Count" ? inner : null;
    }

    private QueryPlan PlanDistinctCount(QueryPlan plan, SelectQuery inner) => plan with
    {
        Distinct = DistinctKind.Unordered,
        Top = null,
        DistinctCountAlias = query.Select.Spec is SelectList list ? ItemNames.Of(list)[0] : "",
        Rewritten = inner,
    };

    private QueryPlan PlanGroups(QueryPlan plan, bool aggregates)
    {
        plan = plan with { GroupBy = query.GroupBy, GroupAliases = Aliases(), Aggregate = ValueAggregate() };
        var payload = ValueAggregate() is null
            ? Payload.Of(query, Payload.Mergeable)
            : new ArrayConstructor([Payload.Mergeable(_value!.Expression)], default);
        var keys = Payload.Items(query.GroupBy);
        if (query.OrderBy.Count > 0 && !aggregates)
            return PlanOrderBy(plan, Payload.Object([("groupByItems", keys), ("payload", payload)]), isGrouped: true);
        return plan with
        {
            Rewritten = query with
            {
                Select = query.Select with { Top = null, Spec = Select((keys, "groupByItems"), (payload, "payload")) },
                OffsetLimit = null,
            },
        };
    }

    private QueryPlan PlanAggregates(QueryPlan plan)
    {
        if (_value is not null)
        {
            var merged = new SelectValue(new ArrayConstructor([Payload.Mergeable(_value.Expression)], default), default);
            return plan with
            {
                Aggregate = ValueAggregate(),
                Rewritten = query with { Select = query.Select with { Top = null, Spec = merged }, OffsetLimit = null },
            };
        }

        return plan with
        {
            GroupAliases = Aliases(),
            Rewritten = query with
            {
                Select = query.Select with { Spec = Select((Payload.Of(query, Payload.Mergeable), "payload")) },
                OffsetLimit = FirstRows(),
            },
        };
    }

    private QueryPlan PlanOrderBy(QueryPlan plan, Expression payload, bool isGrouped = false)
    {
        foreach (var item in query.OrderBy)
            RequirePath(item.Expression);
        bool isOrdered = query.Select.Distinct && _value is not null && query.OrderBy is [var only] && only.Expression == _value.Expression;
        var where = And(query.Where, s_filter);
        if (_value is not null && !isGrouped)
            where = And(where, new Call("IS_DEFINED", [_value.Expression], false, default, default));
        bool cuts = query.Select.Distinct || isGrouped;
        return plan with
        {
            Distinct = isOrdered ? DistinctKind.Ordered : plan.Distinct,
            OrderBy = query.OrderBy,
            Rewritten = query with
            {
                Select = new SelectClause(
                    false,
                    cuts ? null : query.Select.Top,
                    Select((Payload.Rid(query), null), (Payload.Items(query.OrderBy.Select(static item => item.Expression)), "orderByItems"), (payload, "payload")),
                    default),
                Where = where,
                OffsetLimit = cuts ? null : FirstRows(),
            },
        };
    }

    /// <summary>A partition does not know which of its rows OFFSET will leave out, so it returns these, too.</summary>
    private OffsetLimit? FirstRows() => query.OffsetLimit is null
        ? null
        : new OffsetLimit(new NumberLiteral(0, default), new NumberLiteral((double)limits.Offset + limits.Limit, default), default);

    private List<(string Alias, string? Aggregate)> Aliases() => query.Select.Spec is SelectList list
        ? [.. ItemNames.Of(list).Zip(list.Items, static (name, item) => (name, Payload.FindAggregate(item.Expression)?.PlanName))]
        : [];

    private string? ValueAggregate() => _value is null ? null : Payload.FindAggregate(_value.Expression)?.PlanName;

    /// <summary>Partial results can be merged only of an aggregate that stands alone.</summary>
    private void RejectCompositions()
    {
        foreach (var expression in ExpressionTree.Selected(query.Select.Spec))
        {
            if (Payload.FindAggregate(expression) is null && ContainsAggregate(expression))
            {
                throw new SqlException(
                    "SC2105", "Compositions of aggregates and other expressions are not allowed.", expression.Span.Start, expression.Span.End);
            }
        }
    }

    private static bool ContainsAggregate(Expression expression) =>
        ExpressionTree.Flatten(expression).Any(static e => Payload.FindAggregate(e) is not null);

    private static void RequirePath(Expression expression)
    {
        var target = expression;
        while (target is Member or Element)
            target = target is Member member ? member.Target : ((Element)target).Target;
        if (target is not Identifier)
        {
            throw new SqlException(
                "2206",
                "Unsupported ORDER BY clause. ORDER BY item expression could not be mapped to a document path.",
                expression.Span.Start,
                expression.Span.End);
        }
    }

    private static Expression And(Expression? left, Expression right) =>
        left is null ? right : new Binary(BinaryOperator.And, left, right, default);

    private static SelectList Select(params IEnumerable<(Expression Expression, string? Alias)> items) =>
        new([.. items.Select(static item => new SelectItem(item.Expression, item.Alias, default))], default);
}
