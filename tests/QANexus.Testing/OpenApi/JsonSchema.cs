using System.Text.Json;
using System.Text.RegularExpressions;
using QANexus.EventStore.Time;

namespace QANexus.Testing.OpenApi;

/// <summary>As much of JSON Schema as the OpenAPI document uses; what it does not know fails, so that no rule goes unchecked.</summary>
public static class JsonSchema
{
    private static readonly string[] Annotations = ["description", "default"];

    /// <summary>Checks <paramref name="value"/>, which <paramref name="path"/> names in messages.</summary>
    /// <exception cref="SchemaViolationException">It breaks a rule of <paramref name="schema"/>.</exception>
    public static void Check(JsonElement root, JsonElement schema, JsonElement value, string path)
    {
        foreach (var rule in schema.EnumerateObject())
        {
            var holds = rule.Name switch
            {
                "$ref" => Follow(root, rule.Value, value, path),
                "type" => IsOfType(value, rule.Value.GetString()!),
                "oneOf" => rule.Value.EnumerateArray().Count(choice => Matches(root, choice, value, path)) == 1,
                "const" => JsonElement.DeepEquals(rule.Value, value),
                "enum" => rule.Value.EnumerateArray().Any(allowed => JsonElement.DeepEquals(allowed, value)),
                "pattern" => Regex.IsMatch(value.GetString()!, rule.Value.GetString()!, RegexOptions.None, TimeSpan.FromSeconds(1)),
                "format" => HasFormat(value, rule.Value.GetString()!),
                "minimum" => value.GetDouble() >= rule.Value.GetDouble(),
                "maximum" => value.GetDouble() <= rule.Value.GetDouble(),
                "minItems" => value.GetArrayLength() >= rule.Value.GetInt32(),
                "maxItems" => value.GetArrayLength() <= rule.Value.GetInt32(),
                "items" => value.EnumerateArray().Index().All(item => Nested(root, rule.Value, item.Item, $"{path}[{item.Index}]")),
                "required" => rule.Value.EnumerateArray().All(name => value.TryGetProperty(name.GetString()!, out _)),
                "properties" => value.EnumerateObject().All(member =>
                    !rule.Value.TryGetProperty(member.Name, out var described) || Nested(root, described, member.Value, $"{path}.{member.Name}")),
                "additionalProperties" => CheckOthers(root, schema, rule.Value, value, path),
                var name => Annotations.Contains(name),
            };
            if (!holds)
            {
                throw new SchemaViolationException($"{path} breaks {rule.Name} {rule.Value.GetRawText()}: {value}");
            }
        }
    }

    /// <summary>What <c>#/…</c> names.</summary>
    public static JsonElement Resolve(JsonElement root, string reference) =>
        reference[2..].Split('/').Aggregate(root, static (element, part) => element.GetProperty(part));

    private static bool Follow(JsonElement root, JsonElement reference, JsonElement value, string path) =>
        Nested(root, Resolve(root, reference.GetString()!), value, path);

    private static bool Nested(JsonElement root, JsonElement schema, JsonElement value, string path)
    {
        Check(root, schema, value, path);
        return true;
    }

    private static bool Matches(JsonElement root, JsonElement schema, JsonElement value, string path)
    {
        try
        {
            return Nested(root, schema, value, path);
        }
        catch (SchemaViolationException)
        {
            return false;
        }
    }

    private static bool CheckOthers(JsonElement root, JsonElement schema, JsonElement rule, JsonElement value, string path)
    {
        var others = value.EnumerateObject().Where(member =>
            !schema.TryGetProperty("properties", out var described) || !described.TryGetProperty(member.Name, out _));
        return rule.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => !others.Any(),
            _ => others.All(member => Nested(root, rule, member.Value, $"{path}.{member.Name}")),
        };
    }

    private static bool IsOfType(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind is JsonValueKind.Object,
        "array" => value.ValueKind is JsonValueKind.Array,
        "string" => value.ValueKind is JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "number" => value.ValueKind is JsonValueKind.Number,
        "integer" => value.ValueKind is JsonValueKind.Number && value.TryGetInt64(out _),
        _ => false,
    };

    private static bool HasFormat(JsonElement value, string format) => format switch
    {
        "date-time" => Rfc3339.TryParse(value.GetString(), out _) && value.GetString()!.EndsWith('Z'),
        "uri" => Uri.TryCreate(value.GetString(), UriKind.Absolute, out _),
        "int64" => value.TryGetInt64(out _),
        _ => false,
    };
}
