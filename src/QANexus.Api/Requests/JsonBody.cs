using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using QANexus.Api.Problems;

namespace QANexus.Api.Requests;

/// <summary>The words for a body that is no JSON, the same for every operation that takes one.</summary>
internal static class JsonBody
{
    /// <summary>A body that is no text.</summary>
    public static Problem? FindBadUtf8(ReadOnlySpan<byte> utf8) =>
        Utf8.IsValid(utf8) ? null : new Problem(ProblemCode.MalformedRequest, "The body is not valid UTF-8.");

    /// <summary>A text that is no JSON.</summary>
    public static Problem NotJson(JsonException exception) => new(ProblemCode.MalformedRequest, string.Create(
        CultureInfo.InvariantCulture, $"The body is not JSON: see line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1} of it."));
}
