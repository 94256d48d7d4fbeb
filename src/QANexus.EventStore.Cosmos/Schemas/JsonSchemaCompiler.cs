using System.Text.Json;
using System.Text.RegularExpressions;
using Json.Schema;
using QANexus.EventStore.Schemas;

namespace QANexus.EventStore.Cosmos.Schemas;

/// <summary>
/// JSON Schema by JsonSchema.Net. The library finds references and patterns that cannot work only when data gets there; here they are found when the
/// schema is compiled.
/// </summary>
internal sealed class JsonSchemaCompiler : IEventSchemaCompiler
{
    private const string Draft = "https://json-schema.org/draft/2020-12/schema";

    private static readonly JsonElement NoData = Parse("{}");

    public IEventSchema Compile(string schema)
    {
        try
        {
            var document = Parse(schema);
            RequireDraft(document);
            // A registry of its own: two types may use the same $id. Nothing is ever fetched.
            var options = new BuildOptions { SchemaRegistry = new SchemaRegistry(), Dialect = Dialect.Draft202012 };
            var built = JsonSchema.Build(document, options);
            Check(built.Root, options);
            return new CompiledSchema(built);
        }
        catch (Exception failure) when (failure is JsonException or JsonSchemaException or RefResolutionException or ArgumentException)
        {
            throw new FormatException(failure.Message, failure);
        }
    }

    private static void RequireDraft(JsonElement document)
    {
        if (document.ValueKind is not (JsonValueKind.Object or JsonValueKind.True or JsonValueKind.False))
        {
            throw new FormatException("A schema is an object.");
        }

        if (document.ValueKind is JsonValueKind.Object && document.TryGetProperty("$schema", out var named)
            && (named.ValueKind is not JsonValueKind.String || named.GetString()?.TrimEnd('#') != Draft))
        {
            throw new FormatException($"Its $schema is not {Draft}.");
        }

        if (!MetaSchemas.Draft202012.Evaluate(document).IsValid)
        {
            var violation = SchemaViolations.Of(MetaSchemas.Draft202012.Evaluate(document, SchemaViolations.Options))[0];
            throw new FormatException($"It is not a schema of draft 2020-12 at '{violation.Pointer}': {violation.Message}.");
        }
    }

    private static void Check(JsonSchemaNode node, BuildOptions options)
    {
        foreach (var keyword in node.Keywords ?? [])
        {
            switch (keyword.Handler.Name)
            {
                case "$ref" or "$dynamicRef":
                    var probe = new Dictionary<string, string>(StringComparer.Ordinal)
                    {
                        ["$ref"] = new Uri(node.BaseUri, keyword.RawValue.GetString()!).AbsoluteUri,
                    };
                    JsonSchema.Build(JsonSerializer.SerializeToElement(probe), options).Evaluate(NoData);
                    break;
                case "pattern":
                    _ = new Regex(keyword.RawValue.GetString()!, RegexOptions.None, Regex.InfiniteMatchTimeout);
                    break;
                case "patternProperties":
                    foreach (var pattern in keyword.RawValue.EnumerateObject())
                    {
                        _ = new Regex(pattern.Name, RegexOptions.None, Regex.InfiniteMatchTimeout);
                    }

                    break;
            }

            foreach (var inner in keyword.Subschemas ?? [])
            {
                Check(inner, options);
            }
        }
    }

    private static JsonElement Parse(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
