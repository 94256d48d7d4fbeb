namespace QANexus.EventStore.Json;

/// <summary>
/// The text of one JSON object, exactly as its author wrote it, known to be I-JSON (RFC 7493): valid UTF-8, member names unique, no lone
/// surrogates, at most 32 levels deep, and only numbers that a double gives back with the same decimal value.
/// </summary>
public readonly struct JsonObjectText : IEquatable<JsonObjectText>
{
    private static readonly byte[] EmptyObject = "{}"u8.ToArray();

    private readonly ReadOnlyMemory<byte> utf8;

    private JsonObjectText(ReadOnlyMemory<byte> utf8) => this.utf8 = utf8;

    /// <summary><c>{}</c>.</summary>
    public static JsonObjectText Empty => default;

    /// <summary>The text in UTF-8.</summary>
    public ReadOnlyMemory<byte> Utf8 => utf8.IsEmpty ? EmptyObject : utf8;

    /// <summary>Checks <paramref name="text"/> without copying it: it must not change afterwards.</summary>
    /// <param name="text">UTF-8, white space around the object allowed.</param>
    /// <param name="result">The object, without the white space around it.</param>
    /// <param name="violation">The first thing wrong with it.</param>
    public static bool TryParse(ReadOnlyMemory<byte> text, out JsonObjectText result, out JsonViolation? violation)
    {
        var trimmed = text.Trim(" \t\r\n"u8);
        violation = InternetJson.FindViolation(trimmed.Span);
        if (violation is null && trimmed.Span[0] != (byte)'{')
        {
            violation = new JsonViolation(string.Empty, "must be a JSON object");
        }

        result = violation is null ? new JsonObjectText(trimmed) : default;
        return violation is null;
    }

    /// <summary>Checks and copies <paramref name="text"/>.</summary>
    /// <exception cref="FormatException">It is not an I-JSON object; the message names the place.</exception>
    public static JsonObjectText Parse(ReadOnlySpan<byte> text) =>
        TryParse(text.ToArray(), out var result, out var violation)
            ? result
            : throw new FormatException($"Not an I-JSON object at '{violation!.Pointer}': {violation.Message}.");

    /// <inheritdoc cref="Parse(ReadOnlySpan{byte})"/>
    public static JsonObjectText Parse(string text) => Parse(System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>Text that the store has kept, and so checked before.</summary>
    internal static JsonObjectText FromStore(ReadOnlyMemory<byte> text) => new(text);

    /// <summary>Text equality, byte for byte.</summary>
    public bool Equals(JsonObjectText other) => Utf8.Span.SequenceEqual(other.Utf8.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is JsonObjectText other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Utf8.Span);
        return hash.ToHashCode();
    }

    /// <summary>Text equality, byte for byte.</summary>
    public static bool operator ==(JsonObjectText left, JsonObjectText right) => left.Equals(right);

    /// <summary>Text inequality, byte for byte.</summary>
    public static bool operator !=(JsonObjectText left, JsonObjectText right) => !left.Equals(right);

    /// <inheritdoc/>
    public override string ToString() => System.Text.Encoding.UTF8.GetString(Utf8.Span);
}
