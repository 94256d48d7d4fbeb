using System.Diagnostics.CodeAnalysis;

namespace QANexus.LocalCosmos.Sql.Syntax;

/// <summary>
/// Expressions, from the loosest binding to the tightest: conditional and BETWEEN; <c>??</c>; OR; AND; IN and LIKE; comparison together with
/// the shifts; <c>||</c>; addition together with the bitwise operators; multiplication; unary operators, NOT among them; paths.
/// </summary>
internal sealed partial class Parser
{
    private const int MaxLogicalOperators = 2000;
    private const int MaxInItems = 16_000;

    private static readonly Dictionary<string, BinaryOperator>[] s_levels =
    [
        new()
        {
            ["="] = BinaryOperator.Equal, ["!="] = BinaryOperator.NotEqual, ["<"] = BinaryOperator.Less, ["<="] = BinaryOperator.LessOrEqual,
            [">"] = BinaryOperator.Greater, [">="] = BinaryOperator.GreaterOrEqual,
            ["<<"] = BinaryOperator.ShiftLeft, [">>"] = BinaryOperator.ShiftRight, [">>>"] = BinaryOperator.ShiftRightZero,
        },
        new() { ["||"] = BinaryOperator.Concat },
        new()
        {
            ["+"] = BinaryOperator.Add, ["-"] = BinaryOperator.Subtract, ["&"] = BinaryOperator.BitwiseAnd, ["|"] = BinaryOperator.BitwiseOr,
            ["^"] = BinaryOperator.BitwiseXor,
        },
        new() { ["*"] = BinaryOperator.Multiply, ["/"] = BinaryOperator.Divide, ["%"] = BinaryOperator.Modulo },
    ];

    private readonly Dictionary<BinaryOperator, int> _logicalOperators = [];

    private Expression ParseExpression()
    {
        Enter();
        var first = ParseBinary(0);
        var expression = TryParseBetween(first, out var between) ? between : ParseConditional(first);
        _tallest = Math.Max(_tallest, expression.Height);
        Leave();
        return expression;
    }

    /// <summary>BETWEEN takes no part in AND and OR: without parentheses nothing may stand beside it.</summary>
    private bool TryParseBetween(Expression value, [NotNullWhen(true)] out Expression? between)
    {
        between = null;
        bool negated = Current.IsKeyword("NOT") && _tokens[_position + 1].IsKeyword("BETWEEN");
        if (!negated && !Current.IsKeyword("BETWEEN"))
            return false;
        _position += negated ? 2 : 1;
        var low = ParseBinary(0);
        Expect("AND");
        var high = ParseBinary(0);
        between = new Between(value, low, high, negated, value.Span.To(high.Span)) { Height = Above(value, low, high) };
        return true;
    }

    private Expression ParseConditional(Expression first)
    {
        var condition = ParseCoalesce(first);
        if (!TryTakeSymbol("?"))
            return condition;
        var then = ParseExpression();
        ExpectSymbol(":");
        var otherwise = ParseExpression();
        return new Conditional(condition, then, otherwise, condition.Span.To(otherwise.Span)) { Height = Above(condition, then, otherwise) };
    }

    private Expression ParseCoalesce(Expression first)
    {
        var left = ParseLogical(BinaryOperator.Or, first);
        if (!TryTakeSymbol("??"))
            return left;
        Enter();
        var right = ParseCoalesce(ParseBinary(0));
        Leave();
        return new Binary(BinaryOperator.Coalesce, left, right, left.Span.To(right.Span)) { Height = Above(left, right) };
    }

    private Expression ParseLogical(BinaryOperator kind, Expression first)
    {
        string keyword = kind == BinaryOperator.Or ? "OR" : "AND";
        var left = ParseLogicalOperand(kind, first);
        int height = left.Height;
        while (TryTake(keyword))
        {
            int count = _logicalOperators[kind] = _logicalOperators.GetValueOrDefault(kind) + 1;
            if (count > MaxLogicalOperators)
                throw TooMany($"logical {keyword} operators", MaxLogicalOperators);
            var right = ParseLogicalOperand(kind, ParseBinary(0));
            height = Math.Max(height, right.Height);
            left = new Binary(kind, left, right, left.Span.To(right.Span)) { Height = Limit(height + 1) };
        }

        return left;
    }

    private Expression ParseLogicalOperand(BinaryOperator kind, Expression first) =>
        kind == BinaryOperator.Or ? ParseLogical(BinaryOperator.And, first) : ParsePredicate(first);

    private Expression ParsePredicate(Expression value)
    {
        bool negated = Current.IsKeyword("NOT") && (_tokens[_position + 1].IsKeyword("IN") || _tokens[_position + 1].IsKeyword("LIKE"));
        if (negated)
            _position++;
        if (TryTake("IN"))
            return ParseIn(value, negated);
        return TryTake("LIKE") ? ParseLike(value, negated) : value;
    }

    private In ParseIn(Expression value, bool negated)
    {
        ExpectSymbol("(");
        Sequence<Expression> items = [.. ParseList(ParseExpression)];
        if (items.Count > MaxInItems)
            throw TooMany("IN expression items", MaxInItems);
        ExpectSymbol(")");
        return new In(value, items, negated, value.Span.To(Previous())) { Height = Limit(Math.Max(value.Height, Tallest(items)) + 1) };
    }

    private Like ParseLike(Expression value, bool negated)
    {
        var pattern = ParseBinary(0);
        Expression? escape = null;
        if (TryTake("ESCAPE"))
        {
            escape = Current.Kind switch
            {
                TokenKind.String => new StringLiteral(Current.Text, Take().Span),
                TokenKind.Parameter => new ParameterReference(Current.Text, Take().Span),
                _ => throw Unexpected(),
            };
        }

        return new Like(value, pattern, escape, negated, value.Span.To(Previous())) { Height = Above(value, pattern) };
    }

    private Expression ParseBinary(int level)
    {
        if (level == s_levels.Length)
            return ParseUnary();
        var left = ParseBinary(level + 1);
        while (Current.Kind == TokenKind.Symbol && s_levels[level].TryGetValue(Current.Text, out var kind))
        {
            _position++;
            var right = ParseBinary(level + 1);
            left = new Binary(kind, left, right, left.Span.To(right.Span)) { Height = Above(left, right) };
        }

        return left;
    }

    private Expression ParseUnary()
    {
        var start = Current.Span;
        // A minus that touches a number belongs to it.
        if (Current.IsSymbol("-") && _tokens[_position + 1] is { Kind: TokenKind.Number } number && number.Span.Start == start.End)
        {
            _position += 2;
            // A whole zero has no sign.
            var value = number.Number == 0 && number.Text.All(char.IsAsciiDigit) ? 0 : -number.Number;
            return ParsePath(new NumberLiteral(value, start.To(number.Span)));
        }

        UnaryOperator? kind = Current switch
        {
            { Kind: TokenKind.Keyword, Text: "NOT" } => UnaryOperator.Not,
            { Kind: TokenKind.Symbol, Text: "-" } => UnaryOperator.Minus,
            { Kind: TokenKind.Symbol, Text: "+" } => UnaryOperator.Plus,
            { Kind: TokenKind.Symbol, Text: "~" } => UnaryOperator.BitwiseNot,
            _ => null,
        };
        if (kind is null)
            return ParsePath(ParsePrimary());
        _position++;
        Enter();
        var operand = ParseUnary();
        Leave();
        return new Unary(kind.Value, operand, start.To(operand.Span)) { Height = Above(operand) };
    }

    private Expression ParsePath(Expression target)
    {
        while (TryParseStep(target, out var longer))
            target = longer;
        return target;
    }

    private bool TryParseStep(Expression target, [NotNullWhen(true)] out Expression? longer)
    {
        longer = null;
        if (TryTakeSymbol("."))
        {
            longer = new Member(target, ExpectIdentifier(), false, target.Span.To(Previous())) { Height = Above(target) };
        }
        else if (TryTakeSymbol("["))
        {
            if (Current.Kind == TokenKind.Parameter && _tokens[_position + 1].IsSymbol("]"))
            {
                var parameter = new ParameterReference(Current.Text, Take().Span);
                _position++;
                longer = new ParameterStep(target, parameter, target.Span.To(Previous())) { Height = Above(target) };
                return true;
            }

            bool negative = TryTakeSymbol("-");
            var index = Current;
            if (index.Kind != TokenKind.Number && (index.Kind != TokenKind.String || negative))
            {
                ParseExpression();
                ExpectSymbol("]");
                throw SqlException.NotSupported("member indexer", target.Span.To(Previous()));
            }

            _position++;
            ExpectSymbol("]");
            var span = target.Span.To(Previous());
            longer = index.Kind == TokenKind.String
                ? new Member(target, index.Text, true, span) { Height = Above(target) }
                : new Element(target, negative ? -index.Number : index.Number, span) { Height = Above(target) };
        }

        return longer is not null;
    }

    private Expression ParsePrimary()
    {
        var token = Current;
        switch (token.Kind)
        {
            case TokenKind.Number:
                return new NumberLiteral(token.Number, Take().Span);
            case TokenKind.String:
                return new StringLiteral(token.Text, Take().Span);
            case TokenKind.Parameter:
                return new ParameterReference(token.Text, Take().Span);
            case TokenKind.Identifier:
                return _tokens[_position + 1].IsSymbol("(") ? ParseCall(false, token.Span) : new Identifier(token.Text, Take().Span);
            case TokenKind.Keyword:
                return ParseKeyword(token);
            case TokenKind.Symbol when token.Text == "(":
                return ParseParentheses();
            case TokenKind.Symbol when token.Text == "[":
                return ParseArray();
            case TokenKind.Symbol when token.Text == "{":
                return ParseObject();
            default:
                throw Unexpected();
        }
    }

    private Expression ParseKeyword(Token token)
    {
        switch (token.Text)
        {
            case "UNDEFINED": return new UndefinedLiteral(Take().Span);
            case "NULL": return new NullLiteral(Take().Span);
            case "TRUE": return new BooleanLiteral(true, Take().Span);
            case "FALSE": return new BooleanLiteral(false, Take().Span);
            case "EXISTS": return ParseSubquery(SubqueryKind.Exists);
            case "ARRAY": return ParseSubquery(SubqueryKind.Array);
            case "LEFT" or "RIGHT" when _tokens[_position + 1].IsSymbol("("): return ParseCall(false, token.Span);
            case "UDF" when _tokens[_position + 1].IsSymbol("."):
                _position += 2;
                return ParseCall(true, token.Span);
            default: throw Unexpected();
        }
    }

    private Subquery ParseSubquery(SubqueryKind kind)
    {
        var start = Current.Span;
        if (kind != SubqueryKind.Scalar)
            _position++;
        ExpectSymbol("(");
        var (query, height) = ParseSelect(isSubquery: true);
        ExpectSymbol(")");
        return new Subquery(kind, query, start.To(Previous())) { Height = Limit(height + 1) };
    }

    private Expression ParseParentheses()
    {
        if (_tokens[_position + 1].IsKeyword("SELECT"))
            return ParseSubquery(SubqueryKind.Scalar);
        _position++;
        var expression = ParseExpression();
        ExpectSymbol(")");
        return expression;
    }

    private Call ParseCall(bool userDefined, TextSpan start)
    {
        var name = Current;
        if (name.Kind != TokenKind.Identifier && !name.IsKeyword("LEFT") && !name.IsKeyword("RIGHT"))
            throw Unexpected();
        _position++;
        ExpectSymbol("(");
        Sequence<Expression> arguments = Current.IsSymbol(")") ? [] : [.. ParseList(ParseExpression)];
        ExpectSymbol(")");
        return new Call(name.Text, arguments, userDefined, name.Span, start.To(Previous())) { Height = Limit(Tallest(arguments) + 1) };
    }

    private ArrayConstructor ParseArray()
    {
        var start = Take().Span;
        Sequence<Expression> items = Current.IsSymbol("]") ? [] : [.. ParseList(ParseExpression)];
        ExpectSymbol("]");
        return new ArrayConstructor(items, start.To(Previous())) { Height = Limit(Tallest(items) + 1) };
    }

    private ObjectConstructor ParseObject()
    {
        var start = Take().Span;
        Sequence<ObjectProperty> properties = Current.IsSymbol("}") ? [] : [.. ParseList(ParseProperty)];
        ExpectSymbol("}");
        var values = properties.Select(static property => property.Value);
        return new ObjectConstructor(properties, start.To(Previous())) { Height = Limit(Tallest(values) + 1) };
    }

    private ObjectProperty ParseProperty()
    {
        var start = Current.Span;
        string name = Current.Kind == TokenKind.String ? Take().Text : ExpectIdentifier();
        ExpectSymbol(":");
        return new ObjectProperty(name, ParseExpression(), start);
    }

    private int Above(params ReadOnlySpan<Expression> children)
    {
        int height = 0;
        foreach (var child in children)
            height = Math.Max(height, child.Height);
        return Limit(height + 1);
    }

    private int Limit(int height) => height <= MaxHeight ? height : throw TooDeep();

    private static int Tallest(IEnumerable<Expression> expressions) =>
        expressions.Aggregate(0, static (_tallest, expression) => Math.Max(_tallest, expression.Height));

    private SqlException TooMany(string what, int limit) =>
        new("SC3002", $"The SQL query exceeded the maximum number of {what}. The allowed limit is {limit}.", Previous().Start, Previous().End);
}
