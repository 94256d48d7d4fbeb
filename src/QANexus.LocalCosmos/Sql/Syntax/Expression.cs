namespace QANexus.LocalCosmos.Sql.Syntax;

/// <summary>A scalar expression as it was written.</summary>
internal abstract record Expression(TextSpan Span)
{
    /// <summary>
    /// How deep the tree is from here. A chain of ANDs or of ORs counts once, as whoever walks a tree walks such a chain in a loop. The parser
    /// keeps it within <see cref="Parser.MaxHeight"/>, so that walking a tree cannot overflow the stack.
    /// </summary>
    public int Height { get; init; } = 1;
}

internal sealed record UndefinedLiteral(TextSpan Span) : Expression(Span);

internal sealed record NullLiteral(TextSpan Span) : Expression(Span);

internal sealed record BooleanLiteral(bool Value, TextSpan Span) : Expression(Span);

internal sealed record NumberLiteral(double Value, TextSpan Span) : Expression(Span);

internal sealed record StringLiteral(string Value, TextSpan Span) : Expression(Span);

/// <summary>A parameter; the name includes the <c>@</c>.</summary>
internal sealed record ParameterReference(string Name, TextSpan Span) : Expression(Span);

/// <summary>The name of an input set.</summary>
internal sealed record Identifier(string Name, TextSpan Span) : Expression(Span);

/// <summary><c>target.name</c>, or <c>target["name"]</c> where <paramref name="Quoted"/>.</summary>
internal sealed record Member(Expression Target, string Name, bool Quoted, TextSpan Span) : Expression(Span);

/// <summary><c>target[3]</c>.</summary>
internal sealed record Element(Expression Target, double Index, TextSpan Span) : Expression(Span);

/// <summary><c>target[@name]</c>, which is the one or the other, by the parameter's value.</summary>
internal sealed record ParameterStep(Expression Target, ParameterReference Parameter, TextSpan Span) : Expression(Span);

internal sealed record Unary(UnaryOperator Operator, Expression Operand, TextSpan Span) : Expression(Span);

internal sealed record Binary(BinaryOperator Operator, Expression Left, Expression Right, TextSpan Span) : Expression(Span);

internal sealed record Conditional(Expression Condition, Expression Then, Expression Else, TextSpan Span) : Expression(Span);

internal sealed record Between(Expression Value, Expression Low, Expression High, bool Negated, TextSpan Span) : Expression(Span);

internal sealed record In(Expression Value, Sequence<Expression> Items, bool Negated, TextSpan Span) : Expression(Span);

internal sealed record Like(Expression Value, Expression Pattern, Expression? Escape, bool Negated, TextSpan Span) : Expression(Span);

/// <summary>A call; the name is as written, whatever its case. <paramref name="NameSpan"/> is where the name stands.</summary>
internal sealed record Call(string Name, Sequence<Expression> Arguments, bool IsUserDefined, TextSpan NameSpan, TextSpan Span) : Expression(Span);

internal sealed record ArrayConstructor(Sequence<Expression> Items, TextSpan Span) : Expression(Span);

internal sealed record ObjectConstructor(Sequence<ObjectProperty> Properties, TextSpan Span) : Expression(Span);

internal sealed record ObjectProperty(string Name, Expression Value, TextSpan Span);

internal sealed record Subquery(SubqueryKind Kind, SelectQuery Query, TextSpan Span) : Expression(Span);

internal enum SubqueryKind
{
    /// <summary>The only row's value, undefined where there is none.</summary>
    Scalar,

    Exists,

    /// <summary>All rows' values.</summary>
    Array,
}
