namespace QANexus.LocalCosmos.Sql.Syntax;

/// <summary>
/// The clauses of the language; expressions are in the other half. It refuses what the service's own parser refuses, so that a query that
/// passes here passes there.
/// </summary>
internal sealed partial class Parser
{
    /// <summary>The service's limit, in UTF-16 code units.</summary>
    public const int MaxLength = 262_144;

    /// <summary>How deep a query may nest.</summary>
    public const int MaxHeight = 250;

    private readonly string _text;
    private readonly List<Token> _tokens;
    private int _position;
    private int _depth;
    private int _tallest;

    private Parser(string text)
    {
        if (text.Length > MaxLength)
            throw new SqlException("SC3001", $"The SQL query text exceeded the maximum limit of {MaxLength} characters.");
        _text = text;
        _tokens = Tokenizer.Tokenize(text);
    }

    private Token Current => _tokens[_position];

    public static SelectQuery ParseQuery(string text)
    {
        var parser = new Parser(text);
        var (query, _) = parser.ParseSelect(isSubquery: false);
        parser.ExpectEnd();
        return query;
    }

    /// <summary>Parses <c>FROM c WHERE ...</c>, the condition of a patch.</summary>
    public static SelectQuery ParseFilter(string text)
    {
        var parser = new Parser(text);
        var select = new SelectClause(false, null, new SelectValue(new BooleanLiteral(true, default), default), default);
        var query = new SelectQuery(select, parser.ParseFrom(), parser.ParseWhere(), [], [], null, new TextSpan(0, text.Length));
        parser.ExpectEnd();
        return query;
    }

    /// <summary>The query and how deep it nests, see <see cref="Expression.Height"/>.</summary>
    private (SelectQuery Query, int Height) ParseSelect(bool isSubquery)
    {
        var start = Expect("SELECT").Span;
        Enter();
        int outer = _tallest;
        _tallest = 0;
        var select = ParseSelectClause(start, isSubquery);
        var query = new SelectQuery(
            select,
            Current.IsKeyword("FROM") ? ParseFrom() : null,
            ParseWhere(),
            ParseGroupBy(),
            ParseOrderBy(isSubquery),
            ParseOffsetLimit(isSubquery),
            start);
        int height = Limit(_tallest + 1);
        _tallest = Math.Max(outer, height);
        Leave();
        return (query with { Span = start.To(Previous()) }, height);
    }

    private SelectClause ParseSelectClause(TextSpan start, bool isSubquery)
    {
        bool distinct = TryTake("DISTINCT");
        var topStart = Current.Span;
        Expression? top = TryTake("TOP") ? ParseCount() : null;
        if (top is not null && isSubquery)
            throw NotInSubquery("SC2203", "'TOP' is", topStart);
        SelectSpec spec;
        var specStart = Current.Span;
        if (TryTakeSymbol("*"))
            spec = new SelectStar(specStart);
        else if (TryTake("VALUE"))
            spec = new SelectValue(ParseExpression(), specStart.To(Previous()));
        else
            spec = new SelectList([.. ParseList(ParseSelectItem)], specStart.To(Previous()));
        return new SelectClause(distinct, top, spec, start.To(Previous()));
    }

    private SelectItem ParseSelectItem()
    {
        var expression = ParseExpression();
        string? alias = null;
        if (TryTake("AS"))
            alias = Current.Kind == TokenKind.String ? Take().Text : ExpectIdentifier();
        else if (Current.Kind is TokenKind.Identifier or TokenKind.String)
            alias = Take().Text;
        bool isQuoted = alias is null && expression is Member { Quoted: true };
        return new SelectItem(expression, alias, isQuoted ? _tokens[_position - 2].Span : Previous());
    }

    private Source ParseFrom()
    {
        Expect("FROM");
        var source = ParseSource();
        for (int joins = 0; TryTake("JOIN"); joins++)
        {
            if (joins == 10)
                throw new SqlException("SC3003", "The SQL query exceeded the maximum number of joins. The allowed limit is 10.", Previous().Start, Previous().End);
            var joined = ParseSource();
            source = new JoinSource(source, joined, source.Span.To(joined.Span));
        }

        return source;
    }

    private Source ParseSource()
    {
        var start = Current.Span;
        if (Current.Kind == TokenKind.Identifier && _tokens[_position + 1].IsKeyword("IN"))
        {
            string name = Take().Text;
            Take();
            return new IteratorSource(name, ParseCollection(), start, start.To(Previous()));
        }

        var collection = ParseCollection();
        string? alias = null;
        if (TryTake("AS"))
            alias = ExpectIdentifier();
        else if (Current.Kind == TokenKind.Identifier)
            alias = Take().Text;
        return new AliasedSource(collection, alias, Previous(), start.To(Previous()));
    }

    private Collection ParseCollection()
    {
        var start = Current.Span;
        if (TryTakeSymbol("("))
        {
            var (query, _) = ParseSelect(isSubquery: true);
            ExpectSymbol(")");
            return new SubqueryCollection(query, start.To(Previous()));
        }

        Expression path = new Identifier(ExpectIdentifier(), start);
        while (TryParseStep(path, out var longer))
            path = longer;
        return new PathCollection(path, path.Span);
    }

    private Expression? ParseWhere() => TryTake("WHERE") ? ParseExpression() : null;

    private Sequence<Expression> ParseGroupBy()
    {
        if (!TryTake("GROUP"))
            return [];
        Expect("BY");
        return [.. ParseList(ParseExpression)];
    }

    private Sequence<OrderByItem> ParseOrderBy(bool isSubquery)
    {
        var start = Current.Span;
        if (!TryTake("ORDER"))
            return [];
        Expect("BY");
        // No reserved word, so a column may have the name; but nothing follows a column that begins another expression.
        if (Current is { Kind: TokenKind.Identifier } rank && string.Equals(rank.Text, "RANK", StringComparison.OrdinalIgnoreCase)
            && _tokens[_position + 1].Kind == TokenKind.Identifier)
            throw SqlException.NotSupported("ORDER BY RANK", rank.Span);
        Sequence<OrderByItem> items = [.. ParseList(ParseOrderByItem)];
        return isSubquery ? throw NotInSubquery("SC2202", "'ORDER BY' is", start) : items;
    }

    private OrderByItem ParseOrderByItem()
    {
        var expression = ParseExpression();
        SortDirection? direction = TryTake("ASC") ? SortDirection.Ascending : TryTake("DESC") ? SortDirection.Descending : null;
        return new OrderByItem(expression, direction, expression.Span.To(Previous()));
    }

    private OffsetLimit? ParseOffsetLimit(bool isSubquery)
    {
        var start = Current.Span;
        if (!TryTake("OFFSET"))
            return null;
        var offset = ParseCount();
        Expect("LIMIT");
        var limit = ParseCount();
        return isSubquery
            ? throw NotInSubquery("SC2204", "'OFFSET LIMIT' clause is", start)
            : new OffsetLimit(offset, limit, start.To(Previous()));
    }

    private Expression ParseCount() => Current.Kind switch
    {
        TokenKind.Number => new NumberLiteral(Current.Number, Take().Span),
        TokenKind.Parameter => new ParameterReference(Current.Text, Take().Span),
        _ => throw Unexpected(),
    };

    private List<T> ParseList<T>(Func<T> parse)
    {
        List<T> items = [parse()];
        while (TryTakeSymbol(","))
            items.Add(parse());
        return items;
    }

    private SqlException NotInSubquery(string code, string what, TextSpan start) =>
        new(code, $"{what} not supported in subqueries.", start.Start, Previous().End);

    private void Enter()
    {
        if (++_depth > MaxHeight)
            throw TooDeep();
    }

    private void Leave() => _depth--;

    private SqlException TooDeep() =>
        new("SC3004", $"The SQL query nests too deeply. The allowed limit is {MaxHeight} levels.", Current.Span.Start, Current.Span.End);

    private Token Take() => _tokens[_position++];

    private TextSpan Previous() => _tokens[Math.Max(0, _position - 1)].Span;

    private bool TryTake(string keyword)
    {
        if (!Current.IsKeyword(keyword))
            return false;
        _position++;
        return true;
    }

    private bool TryTakeSymbol(string symbol)
    {
        if (!Current.IsSymbol(symbol))
            return false;
        _position++;
        return true;
    }

    private Token Expect(string keyword) => Current.IsKeyword(keyword) ? Take() : throw Unexpected();

    private void ExpectSymbol(string symbol)
    {
        if (!TryTakeSymbol(symbol))
            throw Unexpected();
    }

    private string ExpectIdentifier() => Current.Kind == TokenKind.Identifier ? Take().Text : throw Unexpected();

    private void ExpectEnd()
    {
        if (Current.Kind != TokenKind.End)
            throw Unexpected();
    }

    private SqlException Unexpected()
    {
        var span = Current.Span;
        return Current.Kind == TokenKind.End
            ? new SqlException("SC1002", "Syntax error, unexpected end-of-file.", span.Start, span.End)
            : new SqlException("SC1001", $"Syntax error, incorrect syntax near '{_text[span.Start..span.End]}'.", span.Start, span.End);
    }
}
