using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using QANexus.LocalCosmos.Sql.Binding;
using QANexus.LocalCosmos.Sql.Values;

namespace QANexus.LocalCosmos.Sql.Execution;

/// <summary>
/// Where a page ended, and so where the next one starts. It names a place among the documents, never a count of them, so it stays right when
/// documents are added or the partition is split.
/// </summary>
internal sealed record Position
{
    public static Position Start { get; } = new();

    /// <summary>The number of the document that the last row came from.</summary>
    public ulong Number { get; init; }

    /// <summary>How many rows of that document are done; 0 where the document is done altogether.</summary>
    public int Row { get; init; }

    /// <summary>The rows that OFFSET has left out so far.</summary>
    public int Skipped { get; init; }

    /// <summary>The rows returned so far; counted against TOP and LIMIT.</summary>
    public int Emitted { get; init; }

    /// <summary>The last row's ORDER BY or GROUP BY values, null where the query has neither.</summary>
    public IReadOnlyList<SqlValue>? Keys { get; init; }

    public bool IsStart => ReferenceEquals(this, Start);

    /// <exception cref="SqlException">The token is none of ours, or belongs to a query of another kind.</exception>
    public static Position Parse(string? token, int? keys)
    {
        if (string.IsNullOrEmpty(token))
            return Start;
        try
        {
            using var json = JsonDocument.Parse(Base64Url.DecodeFromChars(token));
            var position = Read(json.RootElement);
            return position.Keys?.Count == keys ? position : throw SqlException.BadContinuation();
        }
        catch (Exception exception) when (exception is FormatException or JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw SqlException.BadContinuation();
        }
    }

    public override string ToString()
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteNumber("n", Number);
            json.WriteNumber("r", Row);
            json.WriteNumber("s", Skipped);
            json.WriteNumber("e", Emitted);
            if (Keys is not null)
                WriteKeys(json, Keys);
            json.WriteEndObject();
        }

        return Base64Url.EncodeToString(output.WrittenSpan);
    }

    private static Position Read(JsonElement json) => new()
    {
        Number = json.GetProperty("n").GetUInt64(),
        Row = json.GetProperty("r").GetInt32(),
        Skipped = json.GetProperty("s").GetInt32(),
        Emitted = json.GetProperty("e").GetInt32(),
        Keys = json.TryGetProperty("k", out var keys) ? [.. keys.EnumerateArray().Select(ReadKey)] : null,
    };

    private static SqlValue ReadKey(JsonElement key) => key.GetArrayLength() switch
    {
        0 => SqlValue.Undefined,
        1 => Parameters.Read(key[0]),
        _ => SqlValue.FromNumber(double.Parse(key[0].GetString()!, CultureInfo.InvariantCulture)),
    };

    /// <summary>
    /// Each key in an array of its own, which is empty for undefined, and has a second element for a number that has no JSON: without it, infinity would
    /// come back as a string and sort behind every number.
    /// </summary>
    private static void WriteKeys(Utf8JsonWriter json, IReadOnlyList<SqlValue> keys)
    {
        json.WriteStartArray("k");
        foreach (var key in keys)
        {
            json.WriteStartArray();
            if (key.IsDefined)
                json.WriteRawValue(SqlValueWriter.ToJson(key), skipInputValidation: true);
            if (key.IsNumber && !double.IsFinite(key.Number))
                json.WriteNumberValue(0);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }
}
