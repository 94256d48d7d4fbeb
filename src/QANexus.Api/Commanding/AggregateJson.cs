using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using QANexus.EventStore.Streams;

namespace QANexus.Api.Commanding;

/// <summary>Writes an aggregate's state: its own members, and whose it is.</summary>
internal static class AggregateJson
{
    public static void Write<TState>(Utf8JsonWriter writer, TenantId tenant, TState state, JsonTypeInfo<TState> type)
    {
        using var members = JsonSerializer.SerializeToDocument(state, type);
        writer.WriteStartObject();
        writer.WriteString("tenantId"u8, tenant.Value);
        foreach (var member in members.RootElement.EnumerateObject())
        {
            member.WriteTo(writer);
        }

        writer.WriteEndObject();
    }
}
