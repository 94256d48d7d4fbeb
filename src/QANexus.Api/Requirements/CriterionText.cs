using System.Text.Json;
using System.Text.Json.Serialization;
using QANexus.Domain.Requirements;

namespace QANexus.Api.Requirements;

/// <summary>A criterion as a caller writes it: a text, or an object with a text and perhaps an id, and nothing else.</summary>
internal sealed class CriterionText : JsonConverter<AcceptanceCriterion>
{
    private const string Expected = "must be a text, or an object of the texts id and text";

    public override AcceptanceCriterion Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is JsonTokenType.String)
        {
            return new AcceptanceCriterion(string.Empty, reader.GetString()!);
        }

        var (id, text) = (string.Empty, string.Empty);
        var isObject = reader.TokenType is JsonTokenType.StartObject;
        while (isObject && reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var isId = reader.ValueTextEquals("id"u8);
            if ((!isId && !reader.ValueTextEquals("text"u8)) || !reader.Read() || reader.TokenType is not JsonTokenType.String)
            {
                throw new JsonException(Expected);
            }

            (id, text) = isId ? (reader.GetString()!, text) : (id, reader.GetString()!);
        }

        return isObject ? new AcceptanceCriterion(id, text) : throw new JsonException(Expected);
    }

    public override void Write(Utf8JsonWriter writer, AcceptanceCriterion value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Bodies are only read.");
}
