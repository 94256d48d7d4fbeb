using QANexus.EventStore.Failures;
using QANexus.EventStore.Json;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Upcasting;

namespace QANexus.EventStore.Schemas;

/// <summary>The schemas of the catalogue, ready for use.</summary>
internal sealed class EventSchemas
{
    private readonly Dictionary<EventType, IEventSchema> schemas = [];

    /// <exception cref="InvalidEventCatalogException">A schema is none, or nobody understands schemas; the message names the type.</exception>
    public EventSchemas(EventCatalog catalog, IEventSchemaCompiler? compiler)
    {
        var problems = new List<string>();
        foreach (var (type, text) in catalog.Types.Where(static type => type.Schema is not null).Select(static type => (type.Type, type.Schema!)))
        {
            try
            {
                schemas.Add(type, compiler?.Compile(text) ?? throw new FormatException("No schema compiler is registered."));
            }
            catch (FormatException failure)
            {
                problems.Add($"The schema of {type} cannot be used: {failure.Message}");
            }
        }

        if (problems.Count > 0)
        {
            throw new InvalidEventCatalogException(problems);
        }
    }

    /// <summary>What the latest schema of the type does not allow in <paramref name="data"/>; nothing where the type has none.</summary>
    public IReadOnlyList<JsonViolation> FindViolations(EventType type, JsonObjectText data) =>
        schemas.TryGetValue(type, out var schema) ? schema.FindViolations(data) : [];
}
