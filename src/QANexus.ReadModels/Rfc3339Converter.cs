using System.Text.Json;
using System.Text.Json.Serialization;
using QANexus.EventStore.Time;

namespace QANexus.ReadModels;

/// <summary>Times in views as everywhere else: <c>2026-11-23T10:00:00.25Z</c>.</summary>
internal sealed class Rfc3339Converter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Rfc3339.TryParse(reader.GetString(), out var value) ? value : throw new JsonException("It is not an RFC 3339 timestamp.");

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Rfc3339.Format(value));
}
