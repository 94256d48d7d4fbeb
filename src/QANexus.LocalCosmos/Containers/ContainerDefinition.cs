using System.Text.Json;
using QANexus.LocalCosmos.Documents;
using QANexus.LocalCosmos.Indexing;
using QANexus.LocalCosmos.Partitioning;
using QANexus.LocalCosmos.Resources;
using QANexus.LocalCosmos.Routing;

namespace QANexus.LocalCosmos.Containers;

/// <summary>
/// What a client declares about a container, completed with the service's defaults. <paramref name="VersionRetention"/> is for how long every version
/// of every item is kept for the change feed; null where only the latest is.
/// </summary>
internal sealed record ContainerDefinition(
    string Id, ReadOnlyMemory<byte> Json, PartitionKeyDefinition PartitionKey, IndexingPolicy Indexing, UniqueKeyPolicy UniqueKeys,
    int? DefaultTimeToLive, TimeSpan? VersionRetention)
{
    private static readonly string[] s_unsupported =
        ["computedProperties", "vectorEmbeddingPolicy", "fullTextPolicy", "clientEncryptionPolicy", "materializedViewDefinition", "schema"];

    /// <summary>Reads a definition as a client sends it, or as it was stored.</summary>
    /// <exception cref="RequestRefusedException">400: not a definition, or one that this server cannot honour.</exception>
    public static ContainerDefinition Parse(ReadOnlyMemory<byte> body)
    {
        if (!JsonText.TryParse(body, out var document))
            throw RequestRefusedException.BadRequest("The container's definition is not JSON.");
        using (document)
        {
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
                throw RequestRefusedException.BadRequest("The container's definition is not a JSON object.");
            RefuseUnsupported(root);
            var id = ResourceName.Validate(root.TryGetProperty("id", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString() : null);
            if (!root.TryGetProperty("partitionKey", out var keyElement))
                throw RequestRefusedException.BadRequest("A container needs a partition key definition.");
            if (!PartitionKeyDefinition.TryParse(keyElement, out var partitionKey, out var reason))
                throw RequestRefusedException.BadRequest(reason);
            return new ContainerDefinition(
                id, ContainerDefinitionJson.Complete(root), partitionKey, ReadIndexing(root), ReadUniqueKeys(root), ReadDefaultTimeToLive(root),
                ReadVersionRetention(root));
        }
    }

    public void WriteMembers(Utf8JsonWriter writer)
    {
        using var document = JsonDocument.Parse(Json);
        foreach (var member in document.RootElement.EnumerateObject())
            member.WriteTo(writer);
    }

    private static void RefuseUnsupported(JsonElement root)
    {
        foreach (var feature in s_unsupported)
        {
            if (root.TryGetProperty(feature, out var value) && !IsEmpty(value))
                throw RequestRefusedException.Unsupported($"the container property '{feature}'");
        }

        if (root.TryGetProperty("partitionKey", out var key) && key.ValueKind == JsonValueKind.Object
            && key.TryGetProperty("version", out var version) && !(version.ValueKind == JsonValueKind.Number && version.GetRawText() == "2"))
            throw RequestRefusedException.Unsupported($"partition key version {version.GetRawText()}, only 2");
        if (root.TryGetProperty("conflictResolutionPolicy", out var conflicts) && conflicts.ValueKind == JsonValueKind.Object
            && conflicts.TryGetProperty("mode", out var mode) && mode.ValueKind == JsonValueKind.String
            && !string.Equals(mode.GetString(), "LastWriterWins", StringComparison.OrdinalIgnoreCase))
            throw RequestRefusedException.Unsupported($"the conflict resolution mode '{mode.GetString()}'");
    }

    private static bool IsEmpty(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => true,
        JsonValueKind.Array => value.GetArrayLength() == 0,
        JsonValueKind.Object => value.EnumerateObject().All(member => IsEmpty(member.Value) || member.Value is { ValueKind: JsonValueKind.Number } number && number.GetRawText() == "0"),
        _ => false,
    };

    private static IndexingPolicy ReadIndexing(JsonElement root)
    {
        if (!root.TryGetProperty("indexingPolicy", out var element) || element.ValueKind == JsonValueKind.Null)
            return IndexingPolicy.Default;
        return IndexingPolicy.TryParse(element, out var policy, out var reason) ? policy : throw RequestRefusedException.BadRequest(reason);
    }

    private static UniqueKeyPolicy ReadUniqueKeys(JsonElement root)
    {
        if (!root.TryGetProperty("uniqueKeyPolicy", out var element) || element.ValueKind == JsonValueKind.Null)
            return UniqueKeyPolicy.None;
        return UniqueKeyPolicy.TryParse(element, out var policy, out var reason) ? policy : throw RequestRefusedException.BadRequest(reason);
    }

    private static int? ReadDefaultTimeToLive(JsonElement root)
    {
        if (!root.TryGetProperty("defaultTtl", out var element) || element.ValueKind == JsonValueKind.Null)
            return null;
        if (element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out var seconds) && (seconds == -1 || seconds > 0))
            return seconds;
        throw RequestRefusedException.BadRequest("The default time to live is a positive number of seconds, or -1.");
    }

    private static TimeSpan? ReadVersionRetention(JsonElement root)
    {
        if (!root.TryGetProperty("changeFeedPolicy", out var policy) || policy.ValueKind == JsonValueKind.Null)
            return null;
        if (policy.ValueKind != JsonValueKind.Object)
            throw RequestRefusedException.BadRequest("The change feed policy is not a JSON object.");
        if (!policy.TryGetProperty("retentionDuration", out var retention))
            return null;
        if (retention.ValueKind == JsonValueKind.Number && retention.TryGetInt32(out var minutes) && minutes >= 0)
            return minutes == 0 ? null : TimeSpan.FromMinutes(minutes);
        throw RequestRefusedException.BadRequest("The retention of the change feed policy is a number of minutes; 0 keeps no versions.");
    }
}
