using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using QANexus.LocalCosmos.Documents;

namespace QANexus.LocalCosmos.Indexing;

/// <summary>The unique keys of a container: combinations of values that occur once in a logical partition.</summary>
internal sealed record UniqueKeyPolicy(IReadOnlyList<IReadOnlyList<PropertyPath>> Keys)
{
    /// <summary>The service's limit on unique keys in a container.</summary>
    public const int MaxKeys = 10;

    /// <summary>The service's limit on paths in one unique key.</summary>
    public const int MaxPaths = 16;

    public static UniqueKeyPolicy None { get; } = new([]);

    /// <summary>Reads a container's <c>uniqueKeyPolicy</c> member; on failure the reason is text for a 400.</summary>
    public static bool TryParse(
        JsonElement element, [NotNullWhen(true)] out UniqueKeyPolicy? policy, [NotNullWhen(false)] out string? reason)
    {
        policy = null;
        if (element.ValueKind != JsonValueKind.Object)
        {
            reason = "The unique key policy must be an object.";
            return false;
        }

        var keys = new List<IReadOnlyList<PropertyPath>>();
        reason = element.TryGetProperty("uniqueKeys", out var list) ? Read(list, keys) : null;
        policy = reason is null ? new UniqueKeyPolicy(keys) : null;
        return policy is not null;
    }

    /// <summary>
    /// The document's value of every unique key, in the policy's order, as bytes that are equal exactly where the values collide.
    /// A missing value counts as null, so only one document of a partition may leave a key out.
    /// </summary>
    public IReadOnlyList<byte[]> Extract(JsonElement document)
    {
        if (Keys.Count == 0)
            return [];
        var values = new byte[Keys.Count][];
        using var bytes = new MemoryStream();
        for (var i = 0; i < values.Length; i++)
        {
            bytes.SetLength(0);
            foreach (var path in Keys[i])
                CanonicalValue.Append(path.Find(document), bytes);
            values[i] = bytes.ToArray();
        }

        return values;
    }

    private static string? Read(JsonElement list, List<IReadOnlyList<PropertyPath>> keys)
    {
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() > MaxKeys)
            return $"'uniqueKeys' must be an array of at most {MaxKeys} keys.";
        foreach (var key in list.EnumerateArray())
        {
            if (key.ValueKind != JsonValueKind.Object || !key.TryGetProperty("paths", out var paths) || paths.ValueKind != JsonValueKind.Array
                || paths.GetArrayLength() is 0 or > MaxPaths)
                return $"The unique key {key.GetRawText()} must have an array 'paths' of 1 to {MaxPaths} paths.";
            var parsed = new List<PropertyPath>(paths.GetArrayLength());
            foreach (var path in paths.EnumerateArray())
            {
                if (path.ValueKind != JsonValueKind.String || !PropertyPath.TryParse(path.GetString()!, out var property))
                    return $"The unique key path {path.GetRawText()} is not a path like /commitId.";
                parsed.Add(property);
            }

            keys.Add(parsed);
        }

        return null;
    }
}
