using System.Text.Json;
using QANexus.Api.Problems;
using QANexus.Api.Requests;
using QANexus.EventStore.Json;
using QANexus.EventStore.Privacy;

namespace QANexus.Api.Privacy;

/// <summary>The body of a redaction: <c>{ "reason": "…" }</c>.</summary>
internal static class RedactionBody
{
    /// <summary>Bytes of a body at most: room for the longest reason, every character of it escaped.</summary>
    public const int MaxBytes = 8 * 1024;

    private const string Reason = "reason";

    /// <summary>The reason, or the problem with the body.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> utf8, out RedactionReason reason, out Problem? problem)
    {
        reason = default;
        problem = JsonBody.FindBadUtf8(utf8.Span);
        if (problem is not null)
        {
            return false;
        }

        try
        {
            using var json = JsonDocument.Parse(utf8);
            problem = InternetJson.FindViolation(utf8.Span) is { } violation
                ? Problem.Invalid(new ProblemError(violation.Pointer, violation.Message))
                : Read(json.RootElement, out reason);
            return problem is null;
        }
        catch (JsonException exception)
        {
            problem = JsonBody.NotJson(exception);
            return false;
        }
    }

    private static Problem? Read(JsonElement body, out RedactionReason reason)
    {
        reason = default;
        if (body.ValueKind is not JsonValueKind.Object)
        {
            return Problem.Invalid(new ProblemError(string.Empty, "must be an object"));
        }

        var errors = body.EnumerateObject().Where(static member => !member.NameEquals(Reason))
            .Select(static member => new ProblemError($"/{Escape(member.Name)}", "is not known")).ToList();
        if (!body.TryGetProperty(Reason, out var value))
        {
            errors.Add(new ProblemError("/reason", "is required"));
        }
        else if (value.ValueKind is not JsonValueKind.String || !RedactionReason.TryParse(value.GetString(), out reason))
        {
            errors.Add(new ProblemError("/reason", $"must be a text of 1-{RedactionReason.MaxLength} characters that is not blank"));
        }

        return errors.Count == 0 ? null : Problem.Invalid(errors);
    }

    private static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
