using System.Text.Json;
using System.Text.Json.Schema;
using QANexus.EventStore.Appending;
using QANexus.EventStore.Upcasting;

namespace QANexus.EventStore.Aggregates;

/// <summary>
/// The fingerprint of everything by which the same events lead to the same JSON of a state: a snapshot with another one is of no use. The code of folds and
/// of upcasting steps is not in it; <see cref="AggregateDefinition{TState}.FoldRevision"/> stands for that.
/// </summary>
internal static class StateSchema
{
    public static string FingerprintOf<TState>(AggregateDefinition<TState> definition, EventCatalog catalog)
        where TState : class
    {
        using var hash = new FingerprintHash();
        hash.Add(definition.Type.Value);
        hash.Add(definition.FoldRevision);
        hash.Add(JsonSchemaExporter.GetJsonSchemaAsNode(definition.StateType).ToJsonString());
        hash.Add(JsonSerializer.SerializeToUtf8Bytes(definition.Initial, definition.StateType));
        foreach (var type in definition.EventTypes.Select(static type => type.Value).Order(StringComparer.Ordinal))
        {
            hash.Add(type);
        }

        hash.Add(catalog.FingerprintOf(definition.EventTypes));
        return hash.Finish().Value;
    }
}
