using System.Text.Json;

namespace QANexus.LocalCosmos.Containers;

/// <summary>The definition that is stored and returned: the client's members, and the service's defaults for those it left out.</summary>
internal static class ContainerDefinitionJson
{
    private static readonly string[] s_systemProperties =
        ["_rid", "_self", "_etag", "_ts", "_docs", "_sprocs", "_triggers", "_udfs", "_conflicts"];

    public static byte[] Complete(JsonElement definition)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            foreach (var member in definition.EnumerateObject())
            {
                if (s_systemProperties.Contains(member.Name) || member.Value.ValueKind == JsonValueKind.Null)
                    continue;
                writer.WritePropertyName(member.Name);
                switch (member.Name)
                {
                    case "partitionKey":
                        WritePartitionKey(writer, member.Value);
                        break;
                    case "indexingPolicy":
                        WriteIndexingPolicy(writer, member.Value);
                        break;
                    default:
                        member.Value.WriteTo(writer);
                        break;
                }
            }

            WriteDefaults(writer, definition);
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    // Clients hash by the version they read here; without it they use version 1, which is not how documents are placed.
    private static void WritePartitionKey(Utf8JsonWriter writer, JsonElement partitionKey)
    {
        writer.WriteStartObject();
        foreach (var member in partitionKey.EnumerateObject().Where(member => member.Name is not ("version" or "kind")))
            member.WriteTo(writer);
        writer.WriteString("kind", partitionKey.TryGetProperty("kind", out var kind) ? kind.GetString() : "Hash");
        writer.WriteNumber("version", 2);
        writer.WriteEndObject();
    }

    private static void WriteIndexingPolicy(Utf8JsonWriter writer, JsonElement policy)
    {
        writer.WriteStartObject();
        foreach (var member in policy.EnumerateObject())
            member.WriteTo(writer);
        if (!policy.TryGetProperty("indexingMode", out _))
            writer.WriteString("indexingMode", "consistent");
        if (!policy.TryGetProperty("automatic", out _))
            writer.WriteBoolean("automatic", true);
        if (!policy.TryGetProperty("includedPaths", out _))
            WritePaths(writer, "includedPaths", "/*");
        if (!policy.TryGetProperty("excludedPaths", out _))
            WritePaths(writer, "excludedPaths", "/\"_etag\"/?");
        writer.WriteEndObject();
    }

    private static void WriteDefaults(Utf8JsonWriter writer, JsonElement definition)
    {
        if (!Has(definition, "indexingPolicy"))
        {
            writer.WriteStartObject("indexingPolicy");
            writer.WriteString("indexingMode", "consistent");
            writer.WriteBoolean("automatic", true);
            WritePaths(writer, "includedPaths", "/*");
            WritePaths(writer, "excludedPaths", "/\"_etag\"/?");
            writer.WriteEndObject();
        }

        if (!Has(definition, "conflictResolutionPolicy"))
        {
            writer.WriteStartObject("conflictResolutionPolicy");
            writer.WriteString("mode", "LastWriterWins");
            writer.WriteString("conflictResolutionPath", "/_ts");
            writer.WriteString("conflictResolutionProcedure", "");
            writer.WriteEndObject();
        }

        if (!Has(definition, "geospatialConfig"))
        {
            writer.WriteStartObject("geospatialConfig");
            writer.WriteString("type", "Geography");
            writer.WriteEndObject();
        }
    }

    private static bool Has(JsonElement definition, string member) =>
        definition.TryGetProperty(member, out var value) && value.ValueKind != JsonValueKind.Null;

    private static void WritePaths(Utf8JsonWriter writer, string name, string path)
    {
        writer.WriteStartArray(name);
        writer.WriteStartObject();
        writer.WriteString("path", path);
        writer.WriteEndObject();
        writer.WriteEndArray();
    }
}
