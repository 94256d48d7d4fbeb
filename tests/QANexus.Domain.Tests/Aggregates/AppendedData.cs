using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace QANexus.Domain.Tests.Aggregates;

/// <summary>Data of events as a client may append them, that knows the names of the members and nothing of their sense.</summary>
internal static class AppendedData
{
    private const int MaxDepth = 4;

    private static readonly string[] Texts =
        ["\"\"", "\" \"", "\"a1\"", "\"b\"", "\"2026-11-26T10:00:00Z\"", "\"0001-01-01T00:00:00Z\"", "\"9999-12-31T23:59:59.9999999Z\"", "null"];

    private static readonly string[] Integers = ["0", "1", "-1", "100", "2147483647", "2147483646", "-2147483648", "9007199254740991", "-9007199254740991", "null"];

    private static readonly string[] Numbers = ["0", "-1", "75", "7e28", "7e28", "-7e28", "0.5", "1e-28", "1e40", "null"];

    /// <summary>Members of the class, each of which may be missing.</summary>
    public static JsonObject Of(JsonTypeInfo type, Random random) => Members(type, random, depth: 0);

    private static JsonObject Members(JsonTypeInfo type, Random random, int depth) => new(type.Properties
        .Where(_ => random.Next(4) > 0)
        .Select(property => KeyValuePair.Create(property.Name, Value(type.Options.GetTypeInfo(property.PropertyType), random, depth + 1))));

    private static JsonNode? Value(JsonTypeInfo type, Random random, int depth)
    {
        var known = Nullable.GetUnderlyingType(type.Type) is { } underlying ? type.Options.GetTypeInfo(underlying) : type;
        return depth > MaxDepth || random.Next(12) == 0 ? JsonNode.Parse(random.Next(2) == 0 ? "null" : "[]")
            : known.Kind is JsonTypeInfoKind.Object ? Members(known, random, depth)
            : known.Kind is JsonTypeInfoKind.Enumerable ? List(known.Options.GetTypeInfo(known.ElementType!), random, depth)
            : known.Type == typeof(bool) ? JsonValue.Create(random.Next(2) == 0)
            : known.Type.IsEnum ? JsonSerializer.SerializeToNode(AnyOf(Enum.GetValues(known.Type).Cast<object>().ToArray(), random), known)
            : JsonNode.Parse(AnyOf(known.Type == typeof(decimal) ? Numbers : known.Type.IsPrimitive ? Integers : Texts, random));
    }

    private static JsonArray List(JsonTypeInfo element, Random random, int depth) =>
        [.. Enumerable.Range(0, random.Next(4)).Select(_ => Value(element, random, depth + 1))];

    private static T AnyOf<T>(T[] choices, Random random) => choices[random.Next(choices.Length)];
}
