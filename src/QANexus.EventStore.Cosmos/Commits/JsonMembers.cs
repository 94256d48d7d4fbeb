using System.Text.Json;
using QANexus.EventStore.Time;

namespace QANexus.EventStore.Cosmos.Commits;

/// <summary>Steps through the members of a JSON object with a forward-only reader.</summary>
internal static class JsonMembers
{
    /// <summary>More characters than any timestamp has.</summary>
    private const int LongestTime = 64;

    /// <summary>Moves to the opening brace of the object that comes next.</summary>
    public static void Enter(ref Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType is not JsonTokenType.StartObject)
        {
            throw new JsonException("an object is missing");
        }
    }

    /// <summary>Moves to the next member's name; false at the end of the object.</summary>
    public static bool Next(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType is JsonTokenType.PropertyName;

    /// <summary>The current member's value, a text or null.</summary>
    public static string? Text(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.GetString();
    }

    /// <summary>The current member's value, a whole number.</summary>
    public static long Number(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.GetInt64();
    }

    /// <summary>The current member's value, a timestamp.</summary>
    /// <exception cref="FormatException">It is a text and no timestamp.</exception>
    public static DateTimeOffset Time(ref Utf8JsonReader reader)
    {
        reader.Read();
        Span<char> text = stackalloc char[LongestTime];
        return reader.ValueSpan.Length <= LongestTime && Rfc3339.TryParse(text[..reader.CopyString(text)], out var time)
            ? time
            : throw new FormatException($"'{reader.GetString()}' is not a time");
    }

    /// <summary>The current member's value as it stands in the text.</summary>
    public static ReadOnlyMemory<byte> Slice(ref Utf8JsonReader reader, ReadOnlyMemory<byte> text)
    {
        reader.Read();
        var start = checked((int)reader.TokenStartIndex);
        reader.Skip();
        return text[start..checked((int)reader.BytesConsumed)];
    }

    public static void Skip(ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
    }
}
