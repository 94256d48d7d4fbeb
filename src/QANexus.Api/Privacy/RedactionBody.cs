using System.Text.Json;
using QANexus.Api.Problems;
using QANexus.Api.Requests;
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
        RedactionReason read = default;
        problem = JsonBody.Read(utf8, body => Read(body, out read));
        reason = read;
        return problem is null;
    }

    private static List<ProblemError> Read(JsonElement body, out RedactionReason reason)
    {
        reason = default;
        var errors = JsonBody.FindWrongMembers(body, Reason).ToList();
        if (body.TryGetProperty(Reason, out var value)
            && (value.ValueKind is not JsonValueKind.String || !RedactionReason.TryParse(value.GetString(), out reason)))
        {
            errors.Add(new ProblemError("/reason", $"must be a text of 1-{RedactionReason.MaxLength} characters that is not blank"));
        }

        return errors;
    }
}
