using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using QANexus.EndToEnd.Tests.OpenApi;

namespace QANexus.EndToEnd.Tests.Fuzzing;

/// <summary>Makes values that a schema describes, of few words so that they meet.</summary>
internal sealed class SchemaSampler(ApiDocument document, Vocabulary words)
{
    private const int MaxDepth = 6;

    public JsonNode? Sample(JsonElement schema, string name, Random random, int depth = 0)
    {
        schema = document.Resolve(schema);
        if (depth > MaxDepth)
        {
            return null;
        }

        if (schema.TryGetProperty("const", out var constant))
        {
            return JsonNode.Parse(constant.GetRawText());
        }

        if (schema.TryGetProperty("enum", out var allowed))
        {
            return JsonNode.Parse(allowed[random.Next(allowed.GetArrayLength())].GetRawText());
        }

        foreach (var choice in (ReadOnlySpan<string>)["oneOf", "anyOf"])
        {
            if (schema.TryGetProperty(choice, out var choices))
            {
                return Sample(choices[random.Next(choices.GetArrayLength())], name, random, depth + 1);
            }
        }

        return TypeOf(schema) switch
        {
            "object" => SampleObject(schema, random, depth),
            "array" => new JsonArray([.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Sample(schema.GetProperty("items"), name, random, depth + 1))]),
            "integer" or "number" => SampleNumber(schema, random),
            "boolean" => random.Next(2) == 0,
            "string" => SampleText(schema, name, random),
            _ => null,
        };
    }

    /// <summary>An event of a type that the host knows, its data as the type's schema has it, or as a command raised it.</summary>
    public JsonObject SampleEvent(Random random)
    {
        var (type, schema) = words.EventTypes[random.Next(2) == 0 ? 0 : random.Next(words.EventTypes.Count)];
        var sampled = random.Next(2) == 0 && words.Recall("event", random) is { } raised && JsonNode.Parse(raised) is JsonObject earlier
            ? new JsonObject { ["type"] = earlier["type"]!.DeepClone(), ["data"] = earlier["data"]!.DeepClone() }
            : new JsonObject
            {
                ["type"] = type,
                ["data"] = schema is { } known
                    ? Sample(known, "data", random, depth: 1)
                    : new JsonObject { ["n"] = random.Next(100), ["text"] = $"text {random.Next()}" },
            };
        if (random.Next(8) == 0)
        {
            sampled["schemaVersion"] = random.Next(1, 4);
        }

        if (random.Next(4) == 0)
        {
            sampled["eventId"] = $"e-{random.Next(200).ToString(CultureInfo.InvariantCulture)}";
        }

        if (random.Next(4) == 0)
        {
            sampled["occurredAt"] = "2026-11-23T10:00:00.5Z";
        }

        return sampled;
    }

    private static string? TypeOf(JsonElement schema)
    {
        if (schema.TryGetProperty("type", out var type))
        {
            return type.ValueKind is JsonValueKind.Array ? type[0].GetString() : type.GetString();
        }

        return schema.TryGetProperty("properties", out _) ? "object" : null;
    }

    private JsonObject SampleObject(JsonElement schema, Random random, int depth)
    {
        var required = schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(static name => name.GetString()!).ToHashSet() : [];
        var sampled = new JsonObject();
        if (schema.TryGetProperty("properties", out var properties))
        {
            foreach (var property in properties.EnumerateObject().Where(property => required.Contains(property.Name) || random.Next(3) == 0))
            {
                sampled[property.Name] = property.Name == "events"
                    ? new JsonArray([.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => SampleEvent(random))])
                    : Sample(property.Value, property.Name, random, depth + 1);
            }
        }

        return sampled;
    }

    private static JsonNode SampleNumber(JsonElement schema, Random random)
    {
        var min = schema.TryGetProperty("minimum", out var low) ? low.GetDouble() : 0;
        var max = schema.TryGetProperty("maximum", out var high) ? high.GetDouble() : min + 1000;
        return (long)Math.Ceiling(min) + random.NextInt64(0, (long)Math.Min(max - min, 4) + 1);
    }

    private static string SampleText(JsonElement schema, string name, Random random) =>
        schema.TryGetProperty("format", out var format) && format.GetString() == "date-time"
            ? $"2026-11-2{random.Next(10).ToString(CultureInfo.InvariantCulture)}T10:00:00Z"
            : schema.TryGetProperty("format", out format) && format.GetString() == "uuid"
                ? $"00000000-0000-7000-8000-{random.Next(20).ToString("x12", CultureInfo.InvariantCulture)}"
                : name is "type" ? "Fuzzed"
                : name is "version" ? $"{random.Next(3).ToString(CultureInfo.InvariantCulture)}.0.{random.Next(10).ToString(CultureInfo.InvariantCulture)}"
                : $"id-{random.Next(1, 6).ToString(CultureInfo.InvariantCulture)}";
}
