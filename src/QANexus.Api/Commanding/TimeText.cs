using System.Text.Json;
using System.Text.Json.Serialization;
using QANexus.EventStore.Time;

namespace QANexus.Api.Commanding;

/// <summary>Times in bodies are RFC 3339 timestamps, as everywhere in the API.</summary>
internal sealed class TimeText : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.String && Rfc3339.TryParse(reader.GetString(), out var time)
            ? time
            : throw new JsonException("must be an RFC 3339 timestamp with Z or an offset");

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(Rfc3339.Format(value));
}
