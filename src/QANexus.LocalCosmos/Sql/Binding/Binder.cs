using QANexus.LocalCosmos.Sql.Aggregates;
using QANexus.LocalCosmos.Sql.Syntax;
using QANexus.LocalCosmos.Sql.Values;

namespace QANexus.LocalCosmos.Sql.Binding;

/// <summary>
/// Resolves the names of a query and compiles it. This half is about clauses; the other is about expressions. One binder serves one query and
/// all its subqueries, which share one frame.
/// </summary>
internal sealed partial class Binder(Parameters parameters, TimeProvider clock)
{
    /// <summary>The slots that a frame needs.</summary>
    public int Slots { get; private set; }

    /// <param name="query">The outermost query.</param>
    /// <param name="isIndexed">Whether a path of a document is indexed.</param>
    public BoundSelect BindSelect(SelectQuery query, Func<string, bool> isIndexed)
    {
        var scope = new Scope(null);
        var source = BindFrom(query.From, scope);
        var root = DocumentName.Of(query.From);
        RejectAggregates(query.Where);
        var conjuncts = query.Where is null ? [] : ExpressionTree.Operands(query.Where, BinaryOperator.And);
        var coverage = new IndexCoverage(isIndexed);
        var covered = root is null ? [] : conjuncts.Where(conjunct => coverage.Covers(conjunct, root)).ToHashSet(ReferenceEqualityComparer.Instance);
        var documentFilter = BindConjuncts(conjuncts.Where(covered.Contains), scope);
        var where = BindConjuncts(conjuncts.Where(conjunct => !covered.Contains(conjunct)), scope);
        var group = BindGrouping(query, scope);
        var (projection, dropsUndefined) = BindProjection(query, scope, group);
        var order = BindOrder(query, scope, group);
        return new BoundSelect(
            new BoundQuery(source, where, group?.ToGrouping(), projection, dropsUndefined, query.Select.Distinct),
            documentFilter,
            root is null ? null : scope.Own[0].Slot,
            order,
            covered.Count == conjuncts.Count);
    }

    private List<SortKey> BindOrder(SelectQuery query, Scope scope, GroupScope? group)
    {
        // One group over all is in order, whatever the order.
        bool isOneGroup = group is not null && query.GroupBy.Count == 0;
        var keys = query.OrderBy.Select(item => new SortKey(BindIn(isOneGroup ? null : group, item.Expression, scope), Column(item, scope))).ToList();
        return isOneGroup ? [] : keys;
    }

    private static SortColumn Column(OrderByItem item, Scope scope) => new(IndexPaths.Of(item.Expression, scope), item.IsDescending);

    /// <summary>The whole number that TOP, OFFSET or LIMIT asks for.</summary>
    public int BindCount(Expression count, string clause)
    {
        var value = BindConstant(count);
        if (!value.IsNumber || value.Number != Math.Truncate(value.Number) || value.Number < 0)
            throw new SqlException("SC2060", $"The count value provided for a {clause} clause must be an integer.", count.Span.Start, count.Span.End);
        // More than fits in a page's count is as good as no limit.
        return (int)Math.Min(value.Number, int.MaxValue);
    }

    private BoundQuery BindSubquery(SelectQuery query, Scope outer)
    {
        var scope = new Scope(outer);
        var source = BindFrom(query.From, scope);
        var where = BindWhere(query.Where, scope);
        var group = BindGrouping(query, scope);
        var (projection, dropsUndefined) = BindProjection(query, scope, group);
        return new BoundQuery(source, where, group?.ToGrouping(), projection, dropsUndefined, query.Select.Distinct);
    }

    private RowSource BindFrom(Source? source, Scope scope) => source switch
    {
        null => new SingleRow(),
        JoinSource join => new JoinedRows(BindFrom(join.Left, scope), BindFrom(join.Right, scope)),
        IteratorSource iterator => BindIterator(iterator, scope),
        AliasedSource aliased => BindAliased(aliased, scope),
        _ => throw new ArgumentOutOfRangeException(nameof(source)),
    };

    private RowSource BindAliased(AliasedSource source, Scope scope)
    {
        RequireNew(scope, source.Alias, source.NameSpan);
        if (source.Collection is SubqueryCollection subquery)
        {
            var query = BindSubquery(subquery.Query, scope);
            return new SubqueryRows(Introduce(scope, source.Alias, null, source.NameSpan), query);
        }

        var path = ((PathCollection)source.Collection).Path;
        string? name = source.Alias ?? path switch
        {
            Identifier identifier => identifier.Name,
            Member { Quoted: false } member => member.Name,
            _ => null,
        };
        if (scope.IsEmpty && path is Identifier)
            return new ContainerRows(Introduce(scope, name, "", source.NameSpan));
        var (before, value, indexPath) = BindPath(path, scope);
        return Join(before, new ValueRow(Introduce(scope, name, indexPath, source.NameSpan), value));
    }

    private RowSource BindIterator(IteratorSource source, Scope scope)
    {
        RequireNew(scope, source.Alias, source.NameSpan);
        RowSource? before = null;
        Evaluator array;
        string? indexPath = null;
        if (source.Collection is SubqueryCollection subquery)
        {
            // The elements of each row's value.
            int slot = Slots++;
            before = new SubqueryRows(slot, BindSubquery(subquery.Query, scope));
            array = frame => frame.Slots[slot];
        }
        else
        {
            (before, array, indexPath) = BindPath(((PathCollection)source.Collection).Path, scope);
        }

        int element = Introduce(scope, source.Alias, indexPath is null ? null : indexPath + "/[]", source.NameSpan);
        return Join(before, new ElementRows(element, array));
    }

    /// <summary>A path in FROM: the first of the query starts at the container, whatever the query calls it; the others at an input set.</summary>
    private (RowSource? Before, Evaluator Value, string? IndexPath) BindPath(Expression path, Scope scope)
    {
        if (!scope.IsEmpty)
            return (null, Bind(path, scope), IndexPaths.Of(path, scope));
        int slot = Slots++;
        var root = new Scope(null);
        var document = new InputSet(slot, "");
        string name = PathRoot.Of(path).Name;
        root.TryAdd(name, document);
        scope.HideRoot(name, document);
        return (new ContainerRows(slot), Bind(path, root), IndexPaths.Of(path, root));
    }

    private static RowSource Join(RowSource? before, RowSource source) => before is null ? source : new JoinedRows(before, source);

    private int Introduce(Scope scope, string? name, string? indexPath, TextSpan span)
    {
        int slot = Slots++;
        if (!scope.TryAdd(name, new InputSet(slot, indexPath)))
            throw Ambiguous(name, span);
        return slot;
    }

    /// <summary>An alias hides nothing, not even in a subquery. Only a set that is listed again under its own name may be.</summary>
    private static void RequireNew(Scope scope, string? alias, TextSpan span)
    {
        if (alias is not null && scope.TryResolve(alias, out _))
            throw Ambiguous(alias, span);
    }

    private static SqlException Ambiguous(string? name, TextSpan span) =>
        new("SC2021", $"The input set name or alias '{name}' is specified more than once in the FROM clause.", span.Start, span.End);

    private Evaluator? BindWhere(Expression? where, Scope scope)
    {
        RejectAggregates(where);
        return where is null ? null : Bind(where, scope);
    }

    private Evaluator? BindConjuncts(IEnumerable<Expression> conjuncts, Scope scope)
    {
        Evaluator[] operands = [.. conjuncts.Select(conjunct => Bind(conjunct, scope))];
        return operands.Length == 0 ? null : BindAnd(operands);
    }

    private static void RejectAggregates(Expression? where)
    {
        if (where is not null && FindAggregate(where) is { } aggregate)
            throw new SqlException("SC2104", "Aggregates are not allowed in the WHERE clause.", aggregate.Span.Start, aggregate.Span.End);
    }

    private GroupScope? BindGrouping(SelectQuery query, Scope scope)
    {
        bool aggregates = ExpressionTree.Selected(query.Select.Spec).Any(static expression => FindAggregate(expression) is not null);
        if (query.GroupBy.Count == 0 && !aggregates)
            return null;
        if (query.Select.Spec is SelectStar star)
            throw new SqlException("SC2041", "'SELECT *' is not allowed with GROUP BY.", star.Span.Start, star.Span.End);
        var group = new GroupScope(Slots);
        Slots += query.GroupBy.Count;
        foreach (var key in query.GroupBy)
        {
            if (ExpressionTree.Flatten(key).FirstOrDefault(static e => e is Subquery || IsAggregate(e)) is not null)
            {
                throw new SqlException(
                    "SC2103",
                    "Cannot use an aggregate or a subquery in an expression used for the group by list of a GROUP BY clause.",
                    key.Span.Start,
                    key.Span.End);
            }

            if (!ExpressionTree.Flatten(key).Any(static e => e is Identifier))
                throw new SqlException("SC2110", "Each GROUP BY expression must contain at least one property reference.", key.Span.Start, key.Span.End);
            group.AddKey(key, Bind(key, scope));
        }

        return group;
    }

    private (Evaluator Projection, bool DropsUndefined) BindProjection(SelectQuery query, Scope scope, GroupScope? group)
    {
        switch (query.Select.Spec)
        {
            case SelectValue value:
                return (BindIn(group, value.Expression, scope), true);
            case SelectList list:
                var values = list.Items.Select(item => BindIn(group, item.Expression, scope)).ToList();
                return (BindMembers(ItemNames.Of(list).Zip(values)), false);
            default:
                if (query.From is null)
                    throw StarError("SC1021", "Syntax error, 'SELECT *' is not valid if FROM clause is omitted.", query);
                if (scope.Own.Count != 1)
                    throw StarError("SC2042", "'SELECT *' is only valid with a single input set.", query);
                int slot = scope.Own[0].Slot;
                return (frame => frame.Slots[slot], true);
        }
    }

    private SqlValue BindConstant(Expression expression) => expression switch
    {
        NumberLiteral literal => SqlValue.FromNumber(literal.Value),
        ParameterReference parameter => parameters[parameter.Name],
        StringLiteral literal => SqlValue.FromString(literal.Value),
        _ => SqlValue.Undefined,
    };

    private static SqlException StarError(string code, string message, SelectQuery query) =>
        new(code, message, query.Select.Spec.Span.Start, query.Select.Spec.Span.End);

    private static Expression? FindAggregate(Expression expression) => ExpressionTree.Flatten(expression).FirstOrDefault(IsAggregate);

    private static bool IsAggregate(Expression expression) =>
        expression is Call { IsUserDefined: false } call && AggregateFunction.Find(call.Name) is not null;
}
