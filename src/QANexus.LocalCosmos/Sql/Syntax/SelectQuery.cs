namespace QANexus.LocalCosmos.Sql.Syntax;

/// <summary>A query or subquery as it was written.</summary>
internal sealed record SelectQuery(
    SelectClause Select,
    Source? From,
    Expression? Where,
    Sequence<Expression> GroupBy,
    Sequence<OrderByItem> OrderBy,
    OffsetLimit? OffsetLimit,
    TextSpan Span)
{
    /// <summary>How deep the query nests, see <see cref="Expression.Height"/>.</summary>
    public int Height { get; init; } = 1;
}

internal sealed record SelectClause(bool Distinct, Expression? Top, SelectSpec Spec, TextSpan Span);

/// <summary>What SELECT makes of a row.</summary>
internal abstract record SelectSpec(TextSpan Span);

internal sealed record SelectStar(TextSpan Span) : SelectSpec(Span);

internal sealed record SelectValue(Expression Expression, TextSpan Span) : SelectSpec(Span);

internal sealed record SelectList(Sequence<SelectItem> Items, TextSpan Span) : SelectSpec(Span);

/// <summary>An item of a SELECT list; <paramref name="NameSpan"/> is where the alias or the last name of the path stands.</summary>
internal sealed record SelectItem(Expression Expression, string? Alias, TextSpan NameSpan);

internal sealed record OrderByItem(Expression Expression, SortDirection? Direction, TextSpan Span)
{
    public bool IsDescending => Direction == SortDirection.Descending;
}

internal enum SortDirection
{
    Ascending,
    Descending,
}

/// <summary>Both are number literals or parameters.</summary>
internal sealed record OffsetLimit(Expression Offset, Expression Limit, TextSpan Span);

/// <summary>Where rows come from.</summary>
internal abstract record Source(TextSpan Span);

/// <summary><c>collection AS alias</c>: the collection itself.</summary>
internal sealed record AliasedSource(Collection Collection, string? Alias, TextSpan NameSpan, TextSpan Span) : Source(Span);

/// <summary><c>alias IN collection</c>: each element of the collection.</summary>
internal sealed record IteratorSource(string Alias, Collection Collection, TextSpan NameSpan, TextSpan Span) : Source(Span);

internal sealed record JoinSource(Source Left, Source Right, TextSpan Span) : Source(Span);

internal abstract record Collection(TextSpan Span);

/// <summary>A path that starts at an input set or, the first time, at the container, whatever name the query gives it.</summary>
internal sealed record PathCollection(Expression Path, TextSpan Span) : Collection(Span);

internal sealed record SubqueryCollection(SelectQuery Query, TextSpan Span) : Collection(Span);
