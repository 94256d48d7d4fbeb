namespace QANexus.LocalCosmos.Sql.Syntax;

internal enum TokenKind
{
    End,
    Identifier,
    Keyword,
    Number,
    String,
    Parameter,
    Symbol,
}

/// <summary>
/// A token. <paramref name="Text"/> is the name of an identifier, the keyword in capitals, the symbol, the parameter's name with its <c>@</c>,
/// or the value of a string.
/// </summary>
internal readonly record struct Token(TokenKind Kind, string Text, double Number, TextSpan Span)
{
    public bool IsKeyword(string keyword) => Kind == TokenKind.Keyword && Text == keyword;

    public bool IsSymbol(string symbol) => Kind == TokenKind.Symbol && Text == symbol;
}
