using System.Buffers.Binary;
using System.Text.Json;
using QANexus.LocalCosmos.Sql.Binding;
using QANexus.LocalCosmos.Sql.Values;

namespace QANexus.LocalCosmos.Sql.Execution;

/// <summary>
/// Where the SDK takes up an ORDER BY that another request, perhaps to another partition, left off: behind the rows before these values and,
/// among rows with just these values, behind those before the document with this number.
/// </summary>
internal sealed record ResumeFilter(IReadOnlyList<SqlValue> Values, ulong? Number, bool Exclude)
{
    /// <exception cref="SqlException">It is malformed, or does not fit the query's ORDER BY.</exception>
    public static ResumeFilter? Parse(JsonElement? json, int columns)
    {
        if (json is not { ValueKind: JsonValueKind.Object } filter)
            return null;
        if (!filter.TryGetProperty("value", out var values) || values.ValueKind != JsonValueKind.Array || values.GetArrayLength() != columns)
            throw Invalid("its value must have one entry for each ORDER BY column");
        ulong? number = filter.TryGetProperty("rid", out var rid) && rid.ValueKind == JsonValueKind.String ? ParseRid(rid.GetString()!) : null;
        bool exclude = filter.TryGetProperty("exclude", out var excluded) && excluded.ValueKind == JsonValueKind.True;
        return new ResumeFilter([.. values.EnumerateArray().Select(Read)], number, exclude);
    }

    /// <summary>The number in the last eight bytes of a document's resource id.</summary>
    public static ulong ParseRid(string rid)
    {
        Span<byte> bytes = stackalloc byte[64];
        return Convert.TryFromBase64String(rid.Replace('-', '/'), bytes, out int length) && length == 16
            ? BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..])
            : throw Invalid("its rid is no document's");
    }

    private static SqlValue Read(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array when value.GetArrayLength() == 0 => SqlValue.Undefined,
        JsonValueKind.Array or JsonValueKind.Object => throw Invalid("resuming at an array or object is not supported"),
        _ => Parameters.Read(value),
    };

    private static SqlException Invalid(string why) => new("SC4002", $"The resume filter is invalid: {why}.");
}
