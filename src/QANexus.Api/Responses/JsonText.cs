using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace QANexus.Api.Responses;

/// <summary>Builds the JSON text of an answer.</summary>
internal static class JsonText
{
    // Answers are application/json and never part of a page, so only what JSON itself demands is escaped. The writers' code is ours and the raw
    // values were checked when they were stored, so that nothing is left to validate.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>What <paramref name="write"/> writes, in UTF-8.</summary>
    /// <param name="expectedBytes">About how long it gets, so that large answers are not copied from buffer to buffer.</param>
    /// <param name="write">Writes one value.</param>
    public static ReadOnlyMemory<byte> Write(int expectedBytes, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(expectedBytes);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            write(writer);
        }

        return buffer.WrittenMemory;
    }
}
