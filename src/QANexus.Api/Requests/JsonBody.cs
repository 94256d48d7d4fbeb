using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using QANexus.Api.Problems;
using QANexus.EventStore.Json;

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

    /// <summary>What <paramref name="read"/> finds wrong with the object that the body is, or why it is none.</summary>
    public static Problem? Read(ReadOnlyMemory<byte> utf8, Func<JsonElement, IReadOnlyList<ProblemError>> read)
    {
        if (FindBadUtf8(utf8.Span) is { } problem)
        {
            return problem;
        }

        try
        {
            using var json = JsonDocument.Parse(utf8);
            IReadOnlyList<ProblemError> errors = InternetJson.FindViolation(utf8.Span) is { } violation
                ? [new ProblemError(violation.Pointer, violation.Message)]
                : json.RootElement.ValueKind is JsonValueKind.Object
                    ? read(json.RootElement)
                    : [new ProblemError(string.Empty, "must be an object")];
            return errors.Count == 0 ? null : Problem.Invalid(errors);
        }
        catch (JsonException exception)
        {
            return NotJson(exception);
        }
    }

    /// <summary>The members of a body that nobody asked for, and those that are missing.</summary>
    public static IEnumerable<ProblemError> FindWrongMembers(JsonElement body, params string[] required) =>
        body.EnumerateObject().Where(member => !required.Contains(member.Name, StringComparer.Ordinal))
            .Select(static member => new ProblemError($"/{InternetJson.PointerPart(member.Name)}", "is not known"))
            .Concat(required.Where(name => !body.TryGetProperty(name, out _)).Select(static name => new ProblemError($"/{name}", "is required")));
}
