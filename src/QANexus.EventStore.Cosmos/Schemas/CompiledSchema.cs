using System.Text.Json;
using Json.Schema;
using QANexus.EventStore.Json;
using QANexus.EventStore.Schemas;

namespace QANexus.EventStore.Cosmos.Schemas;

/// <summary>A schema of JsonSchema.Net.</summary>
internal sealed class CompiledSchema(JsonSchema schema) : IEventSchema
{
    public IReadOnlyList<JsonViolation> FindViolations(JsonObjectText data)
    {
        using var document = JsonDocument.Parse(data.Utf8);
        // Validity alone is much cheaper than the reasons for the opposite.
        return schema.Evaluate(document.RootElement).IsValid
            ? []
            : SchemaViolations.Of(schema.Evaluate(document.RootElement, SchemaViolations.Options));
    }
}
