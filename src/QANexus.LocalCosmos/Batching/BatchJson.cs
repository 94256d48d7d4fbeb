using System.Runtime.InteropServices;
using System.Text.Json;
using QANexus.LocalCosmos.Documents;
using QANexus.LocalCosmos.Resources;

namespace QANexus.LocalCosmos.Batching;

/// <summary>
/// Batches as the JavaScript SDK sends and expects them: an array of operations, and an array of their results in the same order. What an
/// operation means does not depend on the form it came in.
/// </summary>
internal static class BatchJson
{
    /// <summary>Whether the body is of this form. A record stream starts with <see cref="RecordFormat.RowVersion"/>, which no JSON text does.</summary>
    public static bool Is(ReadOnlySpan<byte> body) => body.TrimStart(" \t\r\n"u8) is [(byte)'[', ..];

    /// <exception cref="BatchFormatException">Not an array of operations, or of more than one may have.</exception>
    public static IReadOnlyList<BatchOperation> Read(ReadOnlyMemory<byte> body)
    {
        if (!JsonText.TryParse(body, out var document))
            throw new BatchFormatException("The batch request is not JSON.");
        using (document)
        {
            var count = document.RootElement.GetArrayLength();
            if (count == 0)
                throw new BatchFormatException("The batch request has no operations.");
            if (count > BatchRequestReader.MaxOperations)
                throw new BatchFormatException("Batch request has more operations than what is supported.");
            return [.. document.RootElement.EnumerateArray().Select(ReadOperation)];
        }
    }

    public static ReadOnlyMemory<byte> Write(IReadOnlyList<BatchResult> results) => JsonBody.Write(writer =>
    {
        writer.WriteStartArray();
        foreach (var result in results)
            WriteResult(writer, result);
        writer.WriteEndArray();
    });

    private static void WriteResult(Utf8JsonWriter writer, BatchResult result)
    {
        writer.WriteStartObject();
        writer.WriteNumber("statusCode", result.StatusCode);
        if (result.SubStatusCode != 0)
            writer.WriteNumber("subStatusCode", result.SubStatusCode);
        if (result.RequestCharge is { } charge)
            writer.WriteNumber("requestCharge", charge);
        if (result.RetryAfterMilliseconds is { } wait)
            writer.WriteNumber("retryAfterMilliseconds", wait);
        if (result.Etag is not null)
            writer.WriteString("eTag", result.Etag);
        if (!result.Body.IsEmpty)
        {
            writer.WritePropertyName("resourceBody");
            writer.WriteRawValue(result.Body.Span, skipInputValidation: true);
        }

        writer.WriteEndObject();
    }

    private static BatchOperation ReadOperation(JsonElement operation)
    {
        if (operation.ValueKind != JsonValueKind.Object)
            throw new BatchFormatException("An operation of a batch request is an object.");
        return new BatchOperation(TypeOf(Text(operation, "operationType")))
        {
            PartitionKey = Text(operation, "partitionKey"),
            Id = Text(operation, "id"),
            IfMatch = Text(operation, "ifMatch"),
            IfNoneMatch = Text(operation, "ifNoneMatch"),
            // The bytes as they came: numbers keep their text. Copied, as the document's buffers are on loan.
            Body = operation.TryGetProperty("resourceBody", out var body) ? JsonMarshal.GetRawUtf8Value(body).ToArray() : default,
        };
    }

    private static BatchOperationType TypeOf(string? name) => name switch
    {
        "Create" => BatchOperationType.Create,
        "Upsert" => BatchOperationType.Upsert,
        "Read" => BatchOperationType.Read,
        "Replace" => BatchOperationType.Replace,
        "Delete" => BatchOperationType.Delete,
        "Patch" => BatchOperationType.Patch,
        _ => throw new BatchFormatException($"The batch request has an operation of type {name ?? "none"}, which is not supported."),
    };

    private static string? Text(JsonElement operation, string name) =>
        !operation.TryGetProperty(name, out var value) || value.ValueKind is JsonValueKind.Null ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : throw new BatchFormatException($"The '{name}' of an operation of a batch request is not a string.");
}
