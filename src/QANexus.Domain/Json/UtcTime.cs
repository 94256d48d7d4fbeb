using System.Text.Json;
using System.Text.Json.Serialization;
using QANexus.EventStore.Time;

namespace QANexus.Domain.Json;

/// <summary>Times are written in UTC with a <c>Z</c>, as everywhere in the API.</summary>
internal sealed class UtcTime : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Rfc3339.TryParse(reader.GetString(), out var time) ? time : throw new JsonException("must be an RFC 3339 timestamp");

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(Rfc3339.Format(value));
}
