using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using QANexus.LocalCosmos.Documents;
using QANexus.LocalCosmos.Routing;

namespace QANexus.LocalCosmos.Items.Patching;

/// <summary>Applies a patch. What it does not touch keeps its number text.</summary>
internal static class PatchedDocument
{
    private static readonly JsonSerializerOptions s_readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = JsonText.MaxDepth };

    /// <exception cref="RequestRefusedException">400: the document has nothing at a path that must lead somewhere.</exception>
    public static byte[] Apply(PatchRequest patch, ReadOnlyMemory<byte> document)
    {
        try
        {
            var root = JsonNode.Parse(document.Span, documentOptions: JsonText.DocumentOptions)!.AsObject();
            foreach (var operation in patch.Operations)
                Apply(operation, root);
            return JsonSerializer.SerializeToUtf8Bytes(root, s_readable);
        }
        catch (ArgumentException)
        {
            throw RequestRefusedException.BadRequest("A document with two properties of one name cannot be patched.");
        }
    }

    private static void Apply(PatchOperation operation, JsonObject root)
    {
        switch (operation.Kind)
        {
            case PatchOperationKind.Remove:
                Take(root, operation.Path);
                break;
            case PatchOperationKind.Move:
                Put(root, operation.Path, Take(root, operation.From!), inserts: true);
                break;
            case PatchOperationKind.Add:
                Put(root, operation.Path, Node(operation.Value), inserts: true);
                break;
            case PatchOperationKind.Set:
                Put(root, operation.Path, Node(operation.Value), inserts: false);
                break;
            case PatchOperationKind.Replace:
                if (!TryGet(root, operation.Path, out _))
                    throw Missing(operation.Path);
                Put(root, operation.Path, Node(operation.Value), inserts: false);
                break;
            default:
                Increment(root, operation);
                break;
        }
    }

    private static JsonNode? Node(JsonElement value) => JsonNode.Parse(value.GetRawText(), documentOptions: JsonText.DocumentOptions);

    private static void Increment(JsonObject root, PatchOperation operation)
    {
        if (!TryGet(root, operation.Path, out var current))
        {
            Put(root, operation.Path, Node(operation.Value), inserts: false);
            return;
        }

        if (current is null || current.GetValueKind() != JsonValueKind.Number)
            throw RequestRefusedException.BadRequest($"'{operation.Path}' is not a number, so it cannot be incremented.");
        Put(root, operation.Path, Sum(current, operation.Value), inserts: false);
    }

    // Numbers are doubles in the service; sums of whole numbers are kept whole as far as a double is exact.
    private static JsonValue Sum(JsonNode current, JsonElement increment)
    {
        var sum = double.Parse(current.ToJsonString(), CultureInfo.InvariantCulture) + increment.GetDouble();
        if (!double.IsFinite(sum))
            throw RequestRefusedException.BadRequest("The increment leads beyond the range of numbers.");
        return double.IsInteger(sum) && Math.Abs(sum) < 1L << 53 ? JsonValue.Create((long)sum) : JsonValue.Create(sum);
    }

    private static bool TryGet(JsonObject root, JsonPointer path, out JsonNode? value)
    {
        value = null;
        switch (Parent(root, path))
        {
            case JsonObject parent:
                return parent.TryGetPropertyValue(path.Last, out value);
            case JsonArray parent when IndexOf(path.Last) is { } index && index < parent.Count:
                value = parent[index];
                return true;
            default:
                return false;
        }
    }

    private static void Put(JsonObject root, JsonPointer path, JsonNode? value, bool inserts)
    {
        switch (Parent(root, path))
        {
            case JsonObject parent:
                parent[path.Last] = value;
                break;
            case JsonArray parent when path.Last == JsonPointer.End || IndexOf(path.Last) == parent.Count:
                parent.Add(value);
                break;
            case JsonArray parent when IndexOf(path.Last) is { } index && index < parent.Count:
                if (inserts)
                    parent.Insert(index, value);
                else
                    parent[index] = value;
                break;
            default:
                throw Missing(path);
        }
    }

    private static JsonNode? Take(JsonObject root, JsonPointer path)
    {
        if (!TryGet(root, path, out var value))
            throw Missing(path);
        if (Parent(root, path) is JsonArray array)
            array.RemoveAt(IndexOf(path.Last)!.Value);
        else
            ((JsonObject)Parent(root, path)!).Remove(path.Last);
        return value;
    }

    private static JsonNode? Parent(JsonObject root, JsonPointer path)
    {
        JsonNode? current = root;
        foreach (var segment in path.Parents)
        {
            current = current switch
            {
                JsonObject parent => parent[segment],
                JsonArray parent when IndexOf(segment) is { } index && index < parent.Count => parent[index],
                _ => null,
            };
        }

        return current;
    }

    private static int? IndexOf(string segment) =>
        int.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;

    private static RequestRefusedException Missing(JsonPointer path) =>
        RequestRefusedException.BadRequest($"For the patch operation, the path '{path}' does not exist in the document.");
}
