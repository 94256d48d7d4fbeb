using QANexus.EventStore.Json;

namespace QANexus.EventStore.Schemas;

/// <summary>A JSON Schema that event data is held against. Safe to use from several threads.</summary>
public interface IEventSchema
{
    /// <summary>Everything in <paramref name="data"/> that the schema does not allow, by its place in the data; empty where it is valid.</summary>
    IReadOnlyList<JsonViolation> FindViolations(JsonObjectText data);
}
