using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using QANexus.LocalCosmos.Sql.Values;

namespace QANexus.LocalCosmos.Sql.Functions;

/// <summary>Functions about text. Lengths and positions are in code points.</summary>
internal static partial class StringFunctions
{
    /// <summary>The longest text that REPLICATE makes, in bytes: a row could hold no more.</summary>
    private const int MaxReplicated = 2 * 1024 * 1024;

    private static readonly TimeSpan s_regexTimeout = TimeSpan.FromSeconds(1);

    public static Dictionary<string, Function> All { get; } = new()
    {
        ["LENGTH"] = new(1, 1, static (a, _) => a[0].IsString ? SqlValue.FromNumber(Utf8Text.Length(a[0].Text.Span)) : SqlValue.Undefined),
        ["LOWER"] = Map(static text => text.ToLowerInvariant()),
        ["UPPER"] = Map(static text => text.ToUpperInvariant()),
        ["REVERSE"] = Map(static text => string.Concat(text.EnumerateRunes().Reverse())),
        ["TRIM"] = Trim(static (text, characters) => text.Trim(characters)),
        ["LTRIM"] = Trim(static (text, characters) => text.TrimStart(characters)),
        ["RTRIM"] = Trim(static (text, characters) => text.TrimEnd(characters)),
        ["CONCAT"] = new(2, int.MaxValue, static (a, _) => Concat(a)),
        ["STARTSWITH"] = Test(static (text, part) => text.StartsWith(part), static (text, part) => text.StartsWith(part, StringComparison.OrdinalIgnoreCase)),
        ["ENDSWITH"] = Test(static (text, part) => text.EndsWith(part), static (text, part) => text.EndsWith(part, StringComparison.OrdinalIgnoreCase)),
        ["CONTAINS"] = Test(static (text, part) => text.IndexOf(part) >= 0, static (text, part) => text.Contains(part, StringComparison.OrdinalIgnoreCase)),
        ["STRINGEQUALS"] = Test(static (text, part) => text.SequenceEqual(part), static (text, part) => text.Equals(part, StringComparison.OrdinalIgnoreCase)),
        ["INDEX_OF"] = new(2, 3, static (a, _) => IndexOf(a)),
        ["SUBSTRINGBEFORE"] = Side(before: true, last: false),
        ["SUBSTRINGAFTER"] = Side(before: false, last: false),
        ["LASTSUBSTRINGBEFORE"] = Side(before: true, last: true),
        ["LASTSUBSTRINGAFTER"] = Side(before: false, last: true),
        ["LASTINDEXOF"] = new(2, 2, static (a, _) => LastIndexOf(a)),
        ["SUBSTRING"] = new(3, 3, static (a, _) => Substring(a)),
        ["LEFT"] = new(2, 2, static (a, _) => Left(a)),
        ["RIGHT"] = new(2, 2, static (a, _) => Right(a)),
        ["REPLACE"] = new(3, 3, static (a, _) => Replace(a)),
        ["REPLICATE"] = new(2, 2, static (a, _) => Replicate(a)),
        ["REGEXMATCH"] = new(2, 3, static (a, _) => RegexMatch(a)),
        ["STRINGJOIN"] = new(2, 2, static (a, _) => Join(a)),
        ["STRINGSPLIT"] = new(2, 2, static (a, _) => Split(a)),
        ["TOSTRING"] = new(1, 1, static (a, _) => ToString(a[0])),
        ["STRINGTONUMBER"] = new(1, 1, static (a, _) => ToNumber(a[0])),
        ["STRINGTOBOOLEAN"] = ParseAs(SqlType.Boolean),
        ["STRINGTONULL"] = ParseAs(SqlType.Null),
        ["STRINGTOARRAY"] = ParseAs(SqlType.Array),
        ["STRINGTOOBJECT"] = ParseAs(SqlType.Object),
    };

    private delegate bool Utf8Test(ReadOnlySpan<byte> text, ReadOnlySpan<byte> part);

    private static Function Map(Func<string, string> map) =>
        new(1, 1, (a, _) => a[0].IsString ? SqlValue.FromString(map(a[0].AsString())) : SqlValue.Undefined);

    private static Function Trim(Func<string, char[]?, string> trim) => new(1, 2, (a, _) =>
    {
        if (!a[0].IsString || (a.Length == 2 && !a[1].IsString))
            return SqlValue.Undefined;
        return SqlValue.FromString(trim(a[0].AsString(), a.Length == 2 ? a[1].AsString().ToCharArray() : null));
    });

    /// <summary>A test of two texts; a third argument that is true makes it blind to case.</summary>
    private static Function Test(Utf8Test exact, Func<string, string, bool> ignoringCase) => new(2, 3, (a, _) =>
    {
        if (!a[0].IsString || !a[1].IsString || (a.Length == 3 && a[2].Type != SqlType.Boolean))
            return SqlValue.Undefined;
        bool ignoreCase = a.Length == 3 && a[2].IsTrue;
        return SqlValue.FromBoolean(ignoreCase
            ? ignoringCase(a[0].AsString(), a[1].AsString())
            : exact(a[0].Text.Span, a[1].Text.Span));
    });

    private static SqlValue Concat(ReadOnlySpan<SqlValue> texts)
    {
        var result = new List<byte>();
        foreach (var text in texts)
        {
            if (!text.IsString)
                return SqlValue.Undefined;
            result.AddRange(text.Text.Span);
        }

        return SqlValue.FromString(result.ToArray());
    }

    private static SqlValue IndexOf(ReadOnlySpan<SqlValue> a)
    {
        if (!a[0].IsString || !a[1].IsString || (a.Length == 3 && !IsInteger(a[2])))
            return SqlValue.Undefined;
        if (a.Length == 3 && a[2].Number < 0)
            return SqlValue.FromNumber(-1);
        var text = a[0].Text.Span;
        int offset = a.Length == 3 ? Utf8Text.Offset(text, ToCount(a[2])) : 0;
        int found = text[offset..].IndexOf(a[1].Text.Span);
        return SqlValue.FromNumber(found < 0 ? -1 : Utf8Text.Length(text[..(offset + found)]));
    }

    private static SqlValue LastIndexOf(ReadOnlySpan<SqlValue> a)
    {
        if (!a[0].IsString || !a[1].IsString)
            return SqlValue.Undefined;
        var text = a[0].Text.Span;
        int found = text.LastIndexOf(a[1].Text.Span);
        return SqlValue.FromNumber(found < 0 ? -1 : Utf8Text.Length(text[..found]));
    }

    private static SqlValue Substring(ReadOnlySpan<SqlValue> a) =>
        a[0].IsString && IsInteger(a[1]) && IsInteger(a[2])
            ? Slice(a[0], ToCount(a[1]), a[1].Number < 0 ? 0 : ToCount(a[2]))
            : SqlValue.Undefined;

    private static SqlValue Left(ReadOnlySpan<SqlValue> a) =>
        a[0].IsString && IsInteger(a[1]) ? Slice(a[0], 0, ToCount(a[1])) : SqlValue.Undefined;

    private static SqlValue Right(ReadOnlySpan<SqlValue> a)
    {
        if (!a[0].IsString || !IsInteger(a[1]))
            return SqlValue.Undefined;
        int length = Utf8Text.Length(a[0].Text.Span);
        int count = Math.Min(length, ToCount(a[1]));
        return Slice(a[0], length - count, count);
    }

    private static SqlValue Slice(SqlValue text, int start, int count)
    {
        int from = Utf8Text.Offset(text.Text.Span, start);
        int length = Utf8Text.Offset(text.Text.Span[from..], count);
        return SqlValue.FromString(text.Text.Slice(from, length));
    }

    private static SqlValue Replace(ReadOnlySpan<SqlValue> a)
    {
        if (!a[0].IsString || !a[1].IsString || !a[2].IsString || a[1].Text.IsEmpty)
            return SqlValue.Undefined;
        return SqlValue.FromString(a[0].AsString().Replace(a[1].AsString(), a[2].AsString(), StringComparison.Ordinal));
    }

    private static SqlValue Replicate(ReadOnlySpan<SqlValue> a)
    {
        if (!a[0].IsString || !IsInteger(a[1]) || a[1].Number < 0)
            return SqlValue.Undefined;
        double length = a[0].Text.Length * a[1].Number;
        if (length > MaxReplicated)
            return SqlValue.Undefined;
        return length == 0 ? SqlValue.FromString("") : SqlValue.FromString(string.Concat(Enumerable.Repeat(a[0].AsString(), (int)a[1].Number)));
    }

    private static SqlValue RegexMatch(ReadOnlySpan<SqlValue> a)
    {
        if (!a[0].IsString || !a[1].IsString || (a.Length == 3 && !a[2].IsString))
            return SqlValue.Undefined;
        var options = RegexOptions.CultureInvariant;
        foreach (char modifier in a.Length == 3 ? a[2].AsString() : "")
        {
            options |= modifier switch
            {
                'i' => RegexOptions.IgnoreCase,
                'm' => RegexOptions.Multiline,
                's' => RegexOptions.Singleline,
                'x' => RegexOptions.IgnorePatternWhitespace,
                _ => throw InvalidRegex($"unknown modifier '{modifier}'"),
            };
        }

        return SqlValue.FromBoolean(IsMatch(a[0].AsString(), a[1].AsString(), options));
    }

    /// <summary>
    /// Without backtracking, so that no pattern takes longer than the text is long; what only backtracking can match gets a second at most.
    /// </summary>
    private static bool IsMatch(string text, string pattern, RegexOptions options)
    {
        try
        {
            return Regex.IsMatch(text, pattern, options | RegexOptions.NonBacktracking, s_regexTimeout);
        }
        catch (NotSupportedException)
        {
            return IsMatchBacktracking(text, pattern, options);
        }
        catch (RegexParseException exception)
        {
            throw InvalidRegex(exception.Message);
        }
        catch (RegexMatchTimeoutException)
        {
            throw InvalidRegex("the match took too long");
        }
    }

    private static bool IsMatchBacktracking(string text, string pattern, RegexOptions options)
    {
        try
        {
            return Regex.IsMatch(text, pattern, options, s_regexTimeout);
        }
        catch (RegexMatchTimeoutException)
        {
            throw InvalidRegex("the match took too long");
        }
    }

    private static SqlException InvalidRegex(string why) => new("SC3006", $"Invalid regex pattern or matching options: {why}.");

    private static SqlValue Join(ReadOnlySpan<SqlValue> a)
    {
        if (!a[0].IsArray || !a[1].IsString)
            return SqlValue.Undefined;
        var texts = new List<string>();
        foreach (var item in new ArrayItems(a[0]))
        {
            if (!item.IsString)
                return SqlValue.Undefined;
            texts.Add(item.AsString());
        }

        return SqlValue.FromString(string.Join(a[1].AsString(), texts));
    }

    private static SqlValue Split(ReadOnlySpan<SqlValue> a)
    {
        if (!a[0].IsString || !a[1].IsString)
            return SqlValue.Undefined;
        return SqlValue.FromArray([.. a[0].AsString().Split(a[1].AsString()).Select(SqlValue.FromString)]);
    }

    private static SqlValue ToString(SqlValue value) => value.Type switch
    {
        SqlType.Undefined => SqlValue.Undefined,
        SqlType.String => value,
        SqlType.Number => SqlValue.FromString(SqlValueWriter.FormatNumber(value.Number)),
        _ => SqlValue.FromString(SqlValueWriter.ToJson(value)),
    };

    private static Function ParseAs(SqlType type) => new(1, 1, (a, _) =>
    {
        if (!a[0].IsString)
            return SqlValue.Undefined;
        try
        {
            using var json = JsonDocument.Parse(a[0].Text);
            var value = JsonText.Read(Encoding.UTF8.GetBytes(json.RootElement.GetRawText()));
            return value.Type == type ? value : SqlValue.Undefined;
        }
        catch (JsonException)
        {
            return SqlValue.Undefined;
        }
    });

    /// <summary>As in JSON, but for leading zeros, which do no harm here.</summary>
    private static SqlValue ToNumber(SqlValue text)
    {
        if (!text.IsString)
            return SqlValue.Undefined;
        string digits = text.AsString().Trim(' ', '\t', '\r', '\n');
        return NumberPattern().IsMatch(digits) && double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            && double.IsFinite(number)
            ? SqlValue.FromNumber(number)
            : SqlValue.Undefined;
    }

    [GeneratedRegex(@"^-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex NumberPattern();

    /// <summary>The text on one side of the first or last place where a part stands; undefined where it stands nowhere.</summary>
    private static Function Side(bool before, bool last) => new(2, 2, (a, _) =>
    {
        if (!a[0].IsString || !a[1].IsString)
            return SqlValue.Undefined;
        var text = a[0].Text;
        int found = last ? text.Span.LastIndexOf(a[1].Text.Span) : text.Span.IndexOf(a[1].Text.Span);
        if (found < 0)
            return SqlValue.Undefined;
        return SqlValue.FromString(before ? text[..found] : text[(found + a[1].Text.Length)..]);
    });

    private static bool IsInteger(SqlValue value) => value.IsNumber && double.IsInteger(value.Number);

    private static int ToCount(SqlValue number) =>
        (int)Math.Clamp(Math.Truncate(number.Number), 0, int.MaxValue);
}
