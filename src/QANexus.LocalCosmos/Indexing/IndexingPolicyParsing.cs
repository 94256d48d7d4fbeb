using System.Text.Json;
using QANexus.LocalCosmos.Documents;

namespace QANexus.LocalCosmos.Indexing;

internal sealed partial class IndexingPolicy
{
    // Indexes that would need an engine of their own: refused by name, never silently left out.
    private static readonly string[] s_unsupported = ["spatialIndexes", "vectorIndexes", "fullTextIndexes"];

    private string? Read(JsonElement policy)
    {
        if (policy.ValueKind != JsonValueKind.Object)
            return "The indexing policy must be an object.";
        foreach (var name in s_unsupported)
        {
            if (policy.TryGetProperty(name, out var indexes) && (indexes.ValueKind != JsonValueKind.Array || indexes.GetArrayLength() > 0))
                return $"The indexing policy has '{name}', which is not supported.";
        }

        return ReadMode(policy) ?? ReadPaths(policy) ?? ReadComposites(policy);
    }

    private string? ReadMode(JsonElement policy)
    {
        if (policy.TryGetProperty("indexingMode", out var mode))
        {
            var text = mode.ValueKind == JsonValueKind.String ? mode.GetString() : null;
            _isOff = string.Equals(text, "none", StringComparison.OrdinalIgnoreCase);
            if (!_isOff && !string.Equals(text, "consistent", StringComparison.OrdinalIgnoreCase))
                return $"The indexing mode {mode.GetRawText()} is not supported: it must be 'consistent' or 'none'.";
        }

        if (!policy.TryGetProperty("automatic", out var automatic) || automatic.ValueKind == JsonValueKind.True)
            return null;
        // Nothing is indexed of its own accord where nothing is indexed: the service wants the two together.
        return _isOff && automatic.ValueKind == JsonValueKind.False
            ? null
            : "The indexing policy has 'automatic' other than true, which is not supported but with the indexing mode 'none'.";
    }

    private string? ReadPaths(JsonElement policy)
    {
        var hasPaths = false;
        foreach (var (member, included) in new[] { ("includedPaths", true), ("excludedPaths", false) })
        {
            if (!policy.TryGetProperty(member, out var paths))
                continue;
            if (paths.ValueKind != JsonValueKind.Array)
                return $"'{member}' of the indexing policy must be an array.";
            foreach (var entry in paths.EnumerateArray())
            {
                hasPaths = true;
                if (!TryReadPath(entry, out var text) || !_rules.TryAdd(text, included))
                    return $"The indexing path {entry.GetRawText()} could not be accepted: it must be like '/name/?', '/name/*' or '/*'.";
            }
        }

        if (!hasPaths)
            AddDefaultPaths();
        return _isOff || _rules.HasRoot
            ? null
            : "The special mandatory indexing path \"/*\" is not provided in any of the path type sets. Please provide this path in one of the sets.";
    }

    private string? ReadComposites(JsonElement policy)
    {
        if (!policy.TryGetProperty("compositeIndexes", out var composites))
            return null;
        if (composites.ValueKind != JsonValueKind.Array)
            return "'compositeIndexes' of the indexing policy must be an array.";
        foreach (var composite in composites.EnumerateArray())
        {
            if (composite.ValueKind != JsonValueKind.Array || composite.GetArrayLength() < 2)
                return $"The composite index {composite.GetRawText()} must be an array of at least two paths.";
            var columns = new List<CompositePath>(composite.GetArrayLength());
            foreach (var entry in composite.EnumerateArray())
            {
                if (!TryReadPath(entry, out var text) || !PropertyPath.TryParse(text, out var path) || !TryReadOrder(entry, out var isDescending))
                    return $"The composite index path {entry.GetRawText()} could not be accepted.";
                columns.Add(new CompositePath(path, isDescending));
            }

            _composites.Add(columns);
        }

        return null;
    }

    private void AddDefaultPaths()
    {
        _rules.TryAdd("/*", included: true);
        _rules.TryAdd("/\"_etag\"/?", included: false);
    }

    private static bool TryReadPath(JsonElement entry, out string text)
    {
        text = entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty("path", out var path) && path.ValueKind == JsonValueKind.String
            ? path.GetString()!
            : "";
        return text.Length > 0;
    }

    private static bool TryReadOrder(JsonElement entry, out bool isDescending)
    {
        isDescending = false;
        if (!entry.TryGetProperty("order", out var order))
            return true;
        if (order.ValueKind != JsonValueKind.String)
            return false;
        isDescending = order.ValueEquals("descending"u8);
        return isDescending || order.ValueEquals("ascending"u8);
    }
}
