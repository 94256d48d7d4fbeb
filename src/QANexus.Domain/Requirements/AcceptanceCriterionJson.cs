using System.Text.Json;
using System.Text.Json.Serialization;

namespace QANexus.Domain.Requirements;

/// <summary><c>{ "id", "text" }</c>; a plain text is read as a criterion that has no id yet.</summary>
public sealed class AcceptanceCriterionJson : JsonConverter<AcceptanceCriterion>
{
    /// <inheritdoc/>
    public override AcceptanceCriterion Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return new AcceptanceCriterion(string.Empty, reader.GetString()!);
        }

        var (id, text) = (string.Empty, string.Empty);
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("must be a text, or an object with id and text");
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var member = reader.GetString();
            reader.Read();
            switch (member)
            {
                case "id":
                    id = reader.GetString() ?? string.Empty;
                    break;
                case "text":
                    text = reader.GetString() ?? string.Empty;
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new AcceptanceCriterion(id, text);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, AcceptanceCriterion value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("id", value.Id);
        writer.WriteString("text", value.Text);
        writer.WriteEndObject();
    }
}
