using System.Text.Json;
using System.Text.Json.Serialization;

namespace QANexus.Domain.Words;

/// <summary>
/// An enumeration is written as its UPPER_SNAKE word, <c>IN_PROGRESS</c> for one, and read from nothing else. The converter that comes with
/// .NET would take <c>"DRAFT, READY"</c> for a status that there is not.
/// </summary>
public sealed class UpperSnakeWords<TEnum> : JsonConverter<TEnum>
    where TEnum : struct, Enum
{
    /// <inheritdoc/>
    public override TEnum Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && Word.TryRead<TEnum>(reader.GetString(), out var value)
            ? value
            : throw new JsonException($"must be one of {string.Join(", ", Word.All<TEnum>())}");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, TEnum value, JsonSerializerOptions options) => writer.WriteStringValue(Word.Of(value));
}
