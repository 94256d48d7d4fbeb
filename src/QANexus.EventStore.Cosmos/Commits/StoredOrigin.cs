using System.Text.Json.Serialization;
using QANexus.EventStore.Appending;

namespace QANexus.EventStore.Cosmos.Commits;

/// <summary>The <c>metadata</c> of a commit document.</summary>
internal sealed record StoredOrigin(
    string? Actor,
    string? CorrelationId,
    string? CausationId,
    string? Source,
    [property: JsonPropertyName("traceparent")] string? TraceParent)
{
    public static StoredOrigin From(AppendMetadata metadata)
    {
        var stored = metadata.WithCorrelation();
        return new StoredOrigin(stored.Actor, stored.CorrelationId, stored.CausationId, stored.Source, stored.TraceParent);
    }

    public AppendMetadata ToMetadata() => new()
    {
        Actor = Actor, CorrelationId = CorrelationId, CausationId = CausationId, Source = Source, TraceParent = TraceParent,
    };
}
