using System.Collections.Frozen;
using System.Collections.Immutable;
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

    /// <summary>Keywords whose schemas look at the same place of the data as their own.</summary>
    private static readonly FrozenSet<string> SamePlace =
        FrozenSet.Create(StringComparer.Ordinal, "$ref", "allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas");

    public IEventSchema Compile(string schema)
    {
        try
        {
            var document = Parse(schema);
            RequireDraft(document);
            // A registry of its own: two types may use the same $id. Nothing is ever fetched.
            var options = new BuildOptions { SchemaRegistry = new SchemaRegistry(), Dialect = Dialect.Draft202012 };
            var built = JsonSchema.Build(document, options);
            Check(built.Root);
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

    private static void Check(JsonSchemaNode root)
    {
        var nodes = new HashSet<JsonSchemaNode>();
        var open = new Stack<JsonSchemaNode>([root]);
        while (open.TryPop(out var node))
        {
            foreach (var keyword in nodes.Add(node) ? node.Keywords ?? [] : [])
            {
                CheckValue(keyword);
                Array.ForEach(keyword.Subschemas ?? [], open.Push);
            }
        }

        var done = new HashSet<JsonSchemaNode>();
        foreach (var node in nodes)
        {
            RequireEnd(node, done, []);
        }
    }

    /// <summary>Schemas that look at the same place of the data must not lead to themselves: the evaluation would never end.</summary>
    private static void RequireEnd(JsonSchemaNode node, HashSet<JsonSchemaNode> done, ImmutableStack<JsonSchemaNode> path)
    {
        if (path.Contains(node))
        {
            throw new FormatException("It refers to itself without end.");
        }

        foreach (var keyword in done.Contains(node) ? [] : node.Keywords ?? [])
        {
            foreach (var inner in SamePlace.Contains(keyword.Handler.Name) ? keyword.Subschemas ?? [] : [])
            {
                RequireEnd(inner, done, path.Push(node));
            }
        }

        done.Add(node);
    }

    private static void CheckValue(KeywordData keyword)
    {
        switch (keyword.Handler.Name)
        {
            case "$ref" when keyword.Subschemas is null or []:
                throw new FormatException($"It refers to {keyword.RawValue}, which it does not have.");
            case "$dynamicRef":
                throw new FormatException("It uses $dynamicRef, whose target is not known before there is data.");
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
    }

    private static JsonElement Parse(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
