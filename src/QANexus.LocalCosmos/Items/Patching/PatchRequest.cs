using System.Text.Json;
using QANexus.LocalCosmos.Containers;
using QANexus.LocalCosmos.Documents;
using QANexus.LocalCosmos.Routing;
using QANexus.LocalCosmos.Sql;

namespace QANexus.LocalCosmos.Items.Patching;

/// <summary>The operations of a patch in their order, and the condition that the document must meet, if any.</summary>
internal sealed record PatchRequest(IReadOnlyList<PatchOperation> Operations, SqlPredicate? Condition)
{
    /// <summary>The service's limit.</summary>
    private const int MaxOperations = 10;

    private static readonly string[] s_systemProperties = ["id", "_rid", "_self", "_etag", "_attachments", "_ts"];

    /// <exception cref="RequestRefusedException">400: not a patch, or one of what cannot be changed.</exception>
    public static PatchRequest Parse(ReadOnlyMemory<byte> body, Container container)
    {
        if (!JsonText.TryParse(body, out var document))
            throw RequestRefusedException.BadRequest("The patch is not JSON.");
        using (document)
        {
            // The .NET SDK sends an object; the JavaScript SDK sends what it was given, and a bare list of operations is one of its forms.
            var root = document.RootElement;
            var list = root;
            if (root.ValueKind == JsonValueKind.Object && !root.TryGetProperty("operations", out list))
                list = default;
            if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() is 0 or > MaxOperations)
                throw RequestRefusedException.BadRequest($"A patch has an array 'operations' of 1 to {MaxOperations} operations.");
            var operations = list.EnumerateArray().Select(ReadOperation).ToList();
            foreach (var operation in operations)
                RefuseProtected(operation, container);
            return new PatchRequest(operations, ReadCondition(root));
        }
    }

    private static SqlPredicate? ReadCondition(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("condition", out var condition) || condition.ValueKind == JsonValueKind.Null)
            return null;
        if (condition.ValueKind != JsonValueKind.String)
            throw RequestRefusedException.BadRequest("The condition of a patch is a string.");
        try
        {
            return SqlPredicate.Parse(condition.GetString()!);
        }
        catch (SqlException error)
        {
            throw RequestRefusedException.BadRequest($"The condition of the patch is invalid: {error.Message}");
        }
    }

    private static PatchOperation ReadOperation(JsonElement operation)
    {
        if (operation.ValueKind != JsonValueKind.Object)
            throw RequestRefusedException.BadRequest("An operation of a patch is an object.");
        var kind = Text(operation, "op") switch
        {
            "add" => PatchOperationKind.Add,
            "set" => PatchOperationKind.Set,
            "replace" => PatchOperationKind.Replace,
            "remove" => PatchOperationKind.Remove,
            "incr" => PatchOperationKind.Increment,
            "move" => PatchOperationKind.Move,
            var other => throw RequestRefusedException.BadRequest($"'{other}' is not an operation of a patch."),
        };
        var path = JsonPointer.Parse(Text(operation, "path"));
        var from = kind == PatchOperationKind.Move ? JsonPointer.Parse(Text(operation, "from")) : null;
        if (from is not null && path.StartsWith(from.Segments))
            throw RequestRefusedException.BadRequest($"'{from}' cannot be moved into itself.");
        JsonElement value = default;
        if (kind is not (PatchOperationKind.Remove or PatchOperationKind.Move))
        {
            if (!operation.TryGetProperty("value", out value))
                throw RequestRefusedException.BadRequest($"The patch operation on '{path}' has no value.");
            if (kind == PatchOperationKind.Increment && !IsFiniteNumber(value))
                throw RequestRefusedException.BadRequest($"The increment of '{path}' is not a number.");
            value = value.Clone();
        }

        return new PatchOperation(kind, path, from, value);
    }

    private static void RefuseProtected(PatchOperation operation, Container container)
    {
        foreach (var path in (ReadOnlySpan<JsonPointer?>)[operation.Path, operation.From])
        {
            if (path is null)
                continue;
            // Whatever holds a part of the key cannot be changed as a whole either.
            var isKey = container.Definition.PartitionKey.Paths.Any(key =>
                path.StartsWith(key.Segments) || key.Segments.Take(path.Segments.Count).SequenceEqual(path.Segments, StringComparer.Ordinal));
            if (isKey || s_systemProperties.Contains(path.Segments[0]))
                throw RequestRefusedException.BadRequest($"A patch cannot change '{path}': ids, partition keys and system properties are fixed.");
        }
    }

    private static bool IsFiniteNumber(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number);

    private static string? Text(JsonElement operation, string name) =>
        operation.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
