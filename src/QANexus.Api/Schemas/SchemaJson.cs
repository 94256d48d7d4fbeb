using System.Text.Json;
using QANexus.Api.Responses;
using QANexus.EventStore.Upcasting;

namespace QANexus.Api.Schemas;

/// <summary>Writes entries of the event catalogue.</summary>
internal static class SchemaJson
{
    private const int BytesOfOne = 512;

    public static ReadOnlyMemory<byte> WriteAll(IReadOnlyList<EventTypeDescription> types) =>
        JsonText.Write(BytesOfOne * (types.Count + 1), writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("value"u8);
            foreach (var type in types)
            {
                Write(writer, type);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        });

    public static ReadOnlyMemory<byte> Write(EventTypeDescription type) => JsonText.Write(BytesOfOne, writer => Write(writer, type));

    private static void Write(Utf8JsonWriter writer, EventTypeDescription type)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, type.Type.Value);
        writer.WriteNumber("latestVersion"u8, type.LatestVersion);
        writer.WriteStartArray("steps"u8);
        foreach (var step in type.Steps)
        {
            Write(writer, step);
        }

        writer.WriteEndArray();
        if (type.Schema is { } schema)
        {
            writer.WritePropertyName("schema"u8);
            writer.WriteRawValue(schema);
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, UpcastStepDescription step)
    {
        writer.WriteStartObject();
        writer.WriteNumber("from"u8, step.From.Version);
        writer.WriteString("kind"u8, Name(step.Kind));
        writer.WriteBoolean("lookUp"u8, step.HasLookUp);
        writer.WriteStartArray("to"u8);
        foreach (var target in step.Targets)
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, target.Type.Value);
            writer.WriteNumber("version"u8, target.Version);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static string Name(UpcastStepKind kind) => kind switch
    {
        UpcastStepKind.Transform => "transform",
        UpcastStepKind.Rename => "rename",
        UpcastStepKind.Split => "split",
        _ => "drop",
    };
}
