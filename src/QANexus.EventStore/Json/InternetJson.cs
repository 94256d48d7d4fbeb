using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace QANexus.EventStore.Json;

/// <summary>
/// Checks that a text is I-JSON (RFC 7493) and survives a store that keeps numbers as doubles: what could not be given back is refused,
/// never rounded.
/// </summary>
public static class InternetJson
{
    /// <summary>How deeply objects and arrays may nest.</summary>
    public const int MaxDepth = 32;

    /// <summary>Characters of a member's name that a pointer holds; of a longer one it holds so many and three dots.</summary>
    public const int MaxNamedCharacters = 100;

    /// <summary>Characters of a number that a violation names.</summary>
    private const int MaxNamedDigits = 40;

    /// <summary>The first violation in <paramref name="utf8"/>, or null where it is one I-JSON value.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="maxDepth">Levels of objects and arrays allowed.</param>
    public static JsonViolation? FindViolation(ReadOnlySpan<byte> utf8, int maxDepth = MaxDepth)
    {
        if (!Utf8.IsValid(utf8))
        {
            return new JsonViolation(string.Empty, "is not valid UTF-8");
        }

        var path = new JsonPath();
        try
        {
            // One level more than allowed, so that the level itself is reported with its pointer.
            var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = maxDepth + 1 });
            while (reader.Read())
            {
                if (FindViolation(ref reader, path, maxDepth) is { } message)
                {
                    return new JsonViolation(path.ToString(), message);
                }
            }

            return null;
        }
        catch (JsonException exception)
        {
            return new JsonViolation(path.ToString(), Describe(exception));
        }
    }

    /// <summary>
    /// A member's name as a part of a JSON pointer. A name may be as long as the body, and who sent it knows the rest: it is cut to
    /// <see cref="MaxNamedCharacters"/>.
    /// </summary>
    public static string PointerPart(string name)
    {
        var shown = name;
        if (name.Length > MaxNamedCharacters)
        {
            // Half a character would be no text.
            var end = char.IsHighSurrogate(name[MaxNamedCharacters - 1]) ? MaxNamedCharacters - 1 : MaxNamedCharacters;
            shown = name[..end] + "...";
        }

        return shown.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
    }

    private static string? FindViolation(ref Utf8JsonReader reader, JsonPath path, int maxDepth)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                path.BeginValue();
                if (reader.CurrentDepth >= maxDepth)
                {
                    return $"is nested deeper than {maxDepth} levels";
                }

                path.Enter(reader.TokenType is JsonTokenType.StartObject);
                return null;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                path.Leave();
                return null;
            case JsonTokenType.PropertyName:
                if (reader.ValueIsEscaped && HasLoneSurrogate(reader.ValueSpan))
                {
                    return "has a member name with a lone surrogate";
                }

                var name = reader.GetString()!;
                return path.Name(name) ? null : "appears twice in its object";
            case JsonTokenType.String:
                path.BeginValue();
                return reader.ValueIsEscaped && HasLoneSurrogate(reader.ValueSpan) ? "has a lone surrogate" : null;
            case JsonTokenType.Number:
                path.BeginValue();
                return DecimalText.IsExactAsDouble(reader.ValueSpan)
                    ? null
                    : $"the number {Shortened(reader.ValueSpan)} does not survive as a double: send it as a string";
            default:
                path.BeginValue();
                return null;
        }
    }

    /// <summary>A number may be as long as the body, and who sent it knows the rest.</summary>
    private static string Shortened(ReadOnlySpan<byte> number) =>
        number.Length <= MaxNamedDigits ? Encoding.UTF8.GetString(number) : Encoding.UTF8.GetString(number[..MaxNamedDigits]) + "...";

    /// <summary>The reader has already checked the syntax of every escape; the text itself is valid UTF-8 and so has no surrogates.</summary>
    private static bool HasLoneSurrogate(ReadOnlySpan<byte> escaped)
    {
        var high = false;
        for (var i = 0; i < escaped.Length; i++)
        {
            var unit = 0;
            if (escaped[i] == (byte)'\\')
            {
                i++;
                if (escaped[i] == (byte)'u')
                {
                    _ = int.TryParse(escaped.Slice(i + 1, 4), System.Globalization.NumberStyles.HexNumber, null, out unit);
                    i += 4;
                }
            }

            var low = unit is >= 0xDC00 and <= 0xDFFF;
            if (high != low)
            {
                return true;
            }

            high = unit is >= 0xD800 and <= 0xDBFF;
        }

        return high;
    }

    private static string Describe(JsonException exception)
    {
        // The reader's message ends with its own line and byte numbers, which the pointer replaces.
        var end = exception.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return "is not JSON: " + (end < 0 ? exception.Message : exception.Message[..end]);
    }
}
