using System.Globalization;
using System.Text;

namespace QANexus.LocalCosmos.Sql.Syntax;

/// <summary>Cuts a query text into tokens. Keywords are recognized in any case, names keep theirs.</summary>
internal sealed class Tokenizer(string text)
{
    // The longer ones first: a symbol is the longest that fits.
    private static readonly string[] s_symbols =
    [
        ">>>", "<=", ">=", "!=", "<>", "<<", ">>", "||", "??",
        "(", ")", "[", "]", "{", "}", ",", ":", ".", "*", "+", "-", "/", "%", "&", "|", "^", "~", "=", "<", ">", "?",
    ];

    private int _position;

    public static List<Token> Tokenize(string text)
    {
        var tokenizer = new Tokenizer(text);
        var tokens = new List<Token>();
        do
            tokens.Add(tokenizer.Next());
        while (tokens[^1].Kind != TokenKind.End);
        return tokens;
    }

    private Token Next()
    {
        SkipBlanks();
        int start = _position;
        if (start == text.Length)
            return new Token(TokenKind.End, "", 0, new TextSpan(start, start));
        char first = text[start];
        if (first is '\'' or '"')
            return new Token(TokenKind.String, ReadString(first), 0, new TextSpan(start, _position));
        if (char.IsAsciiDigit(first) || (first == '.' && start + 1 < text.Length && char.IsAsciiDigit(text[start + 1])))
            return ReadNumber();
        if (first == '@')
            return ReadParameter();
        return IsNameStart(first) ? ReadName() : ReadSymbol();
    }

    private void SkipBlanks()
    {
        while (_position < text.Length)
        {
            if (char.IsWhiteSpace(text[_position]))
                _position++;
            else if (text[_position] == '-' && _position + 1 < text.Length && text[_position + 1] == '-')
                _position = text.IndexOf('\n', _position) is var end and >= 0 ? end : text.Length;
            else
                return;
        }
    }

    private Token ReadName()
    {
        int start = _position;
        SkipName();
        string name = text[start.._position];
        var span = new TextSpan(start, _position);
        string keyword = name.ToUpperInvariant();
        // The only one that is no keyword in capitals.
        if (name == "udf")
            return new Token(TokenKind.Keyword, keyword, 0, span);
        return Keywords.All.Contains(keyword) ? new Token(TokenKind.Keyword, keyword, 0, span) : new Token(TokenKind.Identifier, name, 0, span);
    }

    private Token ReadParameter()
    {
        int start = _position++;
        if (_position == text.Length || !IsNameStart(text[_position]))
            throw InvalidToken("SC1010", "token", start);
        SkipName();
        return new Token(TokenKind.Parameter, text[start.._position], 0, new TextSpan(start, _position));
    }

    private Token ReadSymbol()
    {
        int start = _position;
        foreach (string symbol in s_symbols)
        {
            if (string.CompareOrdinal(text, start, symbol, 0, symbol.Length) != 0)
                continue;
            _position += symbol.Length;
            // Both spellings of the inequality are one operator.
            return new Token(TokenKind.Symbol, symbol == "<>" ? "!=" : symbol, 0, new TextSpan(start, _position));
        }

        _position++;
        throw InvalidToken("SC1010", "token", start);
    }

    private Token ReadNumber()
    {
        int start = _position;
        double value;
        if (text[start] == '0' && start + 1 < text.Length && text[start + 1] is 'x' or 'X')
        {
            _position += 2;
            int digits = _position;
            while (_position < text.Length && char.IsAsciiHexDigit(text[_position]))
                _position++;
            value = ulong.TryParse(text.AsSpan(digits, _position - digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong bits)
                ? bits
                : double.NaN;
        }
        else
        {
            SkipDigits();
            if (_position < text.Length && text[_position] == '.')
            {
                _position++;
                SkipDigits();
            }

            SkipExponent();
            value = double.TryParse(text.AsSpan(start, _position - start), NumberStyles.Float, CultureInfo.InvariantCulture, out double parsed)
                ? parsed
                : double.NaN;
        }

        if (!double.IsFinite(value) || (_position < text.Length && IsNamePart(text[_position])))
        {
            SkipName();
            throw InvalidToken("SC1011", "numeric value token", start);
        }

        return new Token(TokenKind.Number, text[start.._position], value, new TextSpan(start, _position));
    }

    private void SkipExponent()
    {
        if (_position == text.Length || text[_position] is not ('e' or 'E'))
            return;
        _position++;
        if (_position < text.Length && text[_position] is '+' or '-')
            _position++;
        SkipDigits();
    }

    private void SkipDigits()
    {
        while (_position < text.Length && char.IsAsciiDigit(text[_position]))
            _position++;
    }

    private void SkipName()
    {
        while (_position < text.Length && IsNamePart(text[_position]))
            _position++;
    }

    private string ReadString(char quote)
    {
        int start = _position++;
        var value = new StringBuilder();
        bool isValid = true;
        while (_position < text.Length)
        {
            char next = text[_position++];
            if (next == quote)
                return isValid ? value.ToString() : throw InvalidToken("SC1012", "string literal token", start);
            if (next == '\\' && _position < text.Length)
                isValid &= TryReadEscape(out next);
            value.Append(next);
        }

        throw InvalidToken("SC1012", "string literal token", start);
    }

    /// <summary>A backslash before a letter that means nothing is left out; only an incomplete code unit is wrong.</summary>
    private bool TryReadEscape(out char value)
    {
        char letter = text[_position++];
        value = letter switch { 'b' => '\b', 'f' => '\f', 'n' => '\n', 'r' => '\r', 't' => '\t', _ => letter };
        if (letter != 'u')
            return true;
        if (_position + 4 > text.Length ||
            !ushort.TryParse(text.AsSpan(_position, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort unit))
        {
            return false;
        }

        _position += 4;
        value = (char)unit;
        return true;
    }

    private SqlException InvalidToken(string code, string what, int start) =>
        new(code, $"Syntax error, invalid {what} '{text[start.._position]}'.", start, _position);

    private static bool IsNameStart(char c) => char.IsLetter(c) || c == '_';

    private static bool IsNamePart(char c) => char.IsLetterOrDigit(c) || char.IsNumber(c) || c == '_';
}
