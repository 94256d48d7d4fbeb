using System.Buffers;
using System.Globalization;
using System.Text;

namespace QANexus.LocalCosmos.Sql.Values;

/// <summary>
/// Walks JSON text that is known to be valid: stored bodies are validated when written, parameters by the request's parser. It only ever
/// looks for the end of what it skips, which is several times faster than tokenizing it, and needs no stack however deep the text nests.
/// </summary>
internal static class JsonText
{
    private static readonly SearchValues<byte> s_stringStops = SearchValues.Create("\"\\"u8);
    private static readonly SearchValues<byte> s_nestingStops = SearchValues.Create("\"{}[]"u8);
    private static readonly SearchValues<byte> s_scalarStops = SearchValues.Create(",]} \t\r\n"u8);

    public static int SkipWhitespace(ReadOnlySpan<byte> json, int position)
    {
        while (position < json.Length && json[position] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            position++;
        return position;
    }

    /// <summary>The position behind the value that starts at <paramref name="position"/>.</summary>
    public static int SkipValue(ReadOnlySpan<byte> json, int position) => json[position] switch
    {
        (byte)'"' => SkipString(json, position),
        (byte)'{' or (byte)'[' => SkipNested(json, position),
        _ => json[position..].IndexOfAny(s_scalarStops) is var length and >= 0 ? position + length : json.Length,
    };

    /// <summary>The position behind the closing quote of the string that starts at <paramref name="position"/>.</summary>
    public static int SkipString(ReadOnlySpan<byte> json, int position)
    {
        position++;
        while (true)
        {
            position += json[position..].IndexOfAny(s_stringStops);
            if (json[position] == (byte)'"')
                return position + 1;
            position += 2;
        }
    }

    public static SqlValue Read(ReadOnlyMemory<byte> json)
    {
        int start = SkipWhitespace(json.Span, 0);
        return Read(json, start, SkipValue(json.Span, start));
    }

    /// <summary>The value that lies between the two positions.</summary>
    public static SqlValue Read(ReadOnlyMemory<byte> json, int start, int end)
    {
        var text = json[start..end];
        switch (text.Span[0])
        {
            case (byte)'{': return SqlValue.FromRawObject(text);
            case (byte)'[': return SqlValue.FromRawArray(text);
            case (byte)'"': return SqlValue.FromString(Unescape(text[1..^1]));
            case (byte)'t': return SqlValue.True;
            case (byte)'f': return SqlValue.False;
            case (byte)'n': return SqlValue.Null;
            default: return SqlValue.FromNumber(double.Parse(text.Span, NumberStyles.Float, CultureInfo.InvariantCulture), text);
        }
    }

    /// <summary>The content of a JSON string without its escapes; the very slice where there are none.</summary>
    public static ReadOnlyMemory<byte> Unescape(ReadOnlyMemory<byte> content)
    {
        int escape = content.Span.IndexOf((byte)'\\');
        return escape < 0 ? content : Unescape(content.Span, escape);
    }

    private static byte[] Unescape(ReadOnlySpan<byte> content, int escape)
    {
        var result = new ArrayBufferWriter<byte>(content.Length);
        while (escape >= 0)
        {
            result.Write(content[..escape]);
            content = content[(escape + 1)..];
            int length = 1;
            if (content[0] == (byte)'u')
                length = UnescapeCodeUnits(content, result);
            else
                result.Write([Unescape(content[0])]);
            content = content[length..];
            escape = content.IndexOf((byte)'\\');
        }

        result.Write(content);
        return result.WrittenSpan.ToArray();
    }

    private static byte Unescape(byte letter) => letter switch
    {
        (byte)'b' => (byte)'\b',
        (byte)'f' => (byte)'\f',
        (byte)'n' => (byte)'\n',
        (byte)'r' => (byte)'\r',
        (byte)'t' => (byte)'\t',
        _ => letter,
    };

    /// <summary>Reads <c>uXXXX</c>, with its other half where it is one of a pair. Half a pair alone is no character: it becomes U+FFFD.</summary>
    private static int UnescapeCodeUnits(ReadOnlySpan<byte> content, ArrayBufferWriter<byte> result)
    {
        char first = ReadCodeUnit(content);
        int length = 5;
        var rune = Rune.ReplacementChar;
        if (!Rune.TryCreate(first, out var single))
        {
            if (content.Length >= 11 && content[5] == (byte)'\\' && content[6] == (byte)'u' &&
                Rune.TryCreate(first, ReadCodeUnit(content[6..]), out var pair))
            {
                rune = pair;
                length = 11;
            }
        }
        else
        {
            rune = single;
        }

        result.Advance(rune.EncodeToUtf8(result.GetSpan(4)));
        return length;
    }

    private static char ReadCodeUnit(ReadOnlySpan<byte> content) =>
        (char)ushort.Parse(content.Slice(1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private static int SkipNested(ReadOnlySpan<byte> json, int position)
    {
        int depth = 0;
        while (true)
        {
            position += json[position..].IndexOfAny(s_nestingStops);
            switch (json[position])
            {
                case (byte)'"':
                    position = SkipString(json, position);
                    continue;
                case (byte)'{' or (byte)'[':
                    depth++;
                    break;
                default:
                    depth--;
                    break;
            }

            position++;
            if (depth == 0)
                return position;
        }
    }
}
