using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using QANexus.LocalCosmos.Documents;

namespace QANexus.LocalCosmos.Partitioning;

internal enum PartitionKeyKind
{
    /// <summary>One path, hash version 2.</summary>
    Hash,

    /// <summary>One to three paths, each hashed by itself, so that a prefix of the key is a range.</summary>
    MultiHash,
}

/// <summary>The partition key paths of a container.</summary>
internal sealed record PartitionKeyDefinition(PartitionKeyKind Kind, IReadOnlyList<PropertyPath> Paths)
{
    /// <summary>Levels that the service allows in a hierarchical key.</summary>
    public const int MaxPaths = 3;

    /// <summary>Reads a container's <c>partitionKey</c> member; on failure the reason is text for a 400.</summary>
    public static bool TryParse(
        JsonElement element, [NotNullWhen(true)] out PartitionKeyDefinition? definition, [NotNullWhen(false)] out string? reason)
    {
        definition = null;
        if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty("paths", out var paths)
            || paths.ValueKind != JsonValueKind.Array || paths.GetArrayLength() == 0)
        {
            reason = "A partition key definition needs an array 'paths' with at least one path.";
            return false;
        }

        if (!TryReadKind(element, out var kind))
        {
            reason = "The partition key kind must be 'Hash' or 'MultiHash'; 'Range' is not supported.";
            return false;
        }

        var limit = kind == PartitionKeyKind.Hash ? 1 : MaxPaths;
        if (paths.GetArrayLength() > limit)
        {
            reason = $"A partition key of kind '{kind}' has at most {limit} path(s).";
            return false;
        }

        var parsed = new List<PropertyPath>(limit);
        foreach (var path in paths.EnumerateArray())
        {
            if (path.ValueKind != JsonValueKind.String || !PropertyPath.TryParse(path.GetString()!, out var property) || parsed.Contains(property))
            {
                reason = $"The partition key path {path.GetRawText()} is not a path like /tenantId, or occurs twice.";
                return false;
            }

            parsed.Add(property);
        }

        reason = null;
        definition = new PartitionKeyDefinition(kind, parsed);
        return true;
    }

    /// <summary>The key of a document. False where a path holds an object, an array or a number that is none, which no key can be.</summary>
    public bool TryExtract(JsonElement document, [NotNullWhen(true)] out PartitionKeyValue? key)
    {
        var components = new PartitionKeyComponent[Paths.Count];
        for (var i = 0; i < components.Length; i++)
        {
            if (!PartitionKeyComponent.TryRead(Paths[i].Find(document), out components[i]))
            {
                key = null;
                return false;
            }
        }

        key = new PartitionKeyValue(components);
        return true;
    }

    private static bool TryReadKind(JsonElement element, out PartitionKeyKind kind)
    {
        kind = PartitionKeyKind.Hash;
        if (!element.TryGetProperty("kind", out var text))
            return true;
        if (text.ValueKind == JsonValueKind.String && text.ValueEquals("MultiHash"u8))
            kind = PartitionKeyKind.MultiHash;
        return kind == PartitionKeyKind.MultiHash || (text.ValueKind == JsonValueKind.String && text.ValueEquals("Hash"u8));
    }
}
