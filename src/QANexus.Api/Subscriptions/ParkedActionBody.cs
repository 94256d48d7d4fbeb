using System.Text.Json;
using Microsoft.AspNetCore.Http;
using QANexus.Api.Problems;
using QANexus.Api.Requests;
using QANexus.EventStore.Json;
using QANexus.EventStore.Subscriptions;

namespace QANexus.Api.Subscriptions;

/// <summary>What to do about a parked stream: <c>{ "handler": "optional", "reason": "required for skip" }</c>. A retry needs no body at all.</summary>
/// <param name="Handler">For which handler; null for all.</param>
/// <param name="Reason">Why an event is left out.</param>
internal readonly record struct ParkedActionBody(SubscriptionName? Handler, string? Reason)
{
    private const int MaxBytes = 8 * 1024;
    private const int MaxReasonLength = 1_000;

    public static async Task<(ParkedActionBody Body, Problem? Problem)> ReadAsync(
        HttpRequest request, bool needsReason, CancellationToken cancellationToken)
    {
        if (await RequestBody.ReadAsync(request, MaxBytes, cancellationToken) is not { } utf8)
        {
            return (default, new Problem(ProblemCode.PayloadTooLarge, $"The body is larger than {MaxBytes} bytes."));
        }

        if (utf8.IsEmpty && !needsReason)
        {
            return default;
        }

        if (!ContentNegotiation.SendsJson(request.Headers))
        {
            return (default, new Problem(ProblemCode.UnsupportedMediaType, "The body must be application/json in UTF-8, without a content coding."));
        }

        var body = default(ParkedActionBody);
        var problem = JsonBody.Read(utf8, json => Read(json, needsReason, out body));
        return (body, problem);
    }

    private static List<ProblemError> Read(JsonElement json, bool needsReason, out ParkedActionBody body)
    {
        body = default;
        var errors = new List<ProblemError>();
        foreach (var member in json.EnumerateObject())
        {
            var text = member.Value.ValueKind is JsonValueKind.String ? member.Value.GetString() : null;
            if (member.NameEquals("handler"u8))
            {
                if (SubscriptionName.TryParse(text, out var handler))
                {
                    body = body with { Handler = handler };
                }
                else
                {
                    errors.Add(new ProblemError("/handler", "must be 1-64 of a-z, 0-9 and '-', starting with a letter"));
                }
            }
            else if (needsReason && member.NameEquals("reason"u8))
            {
                body = body with { Reason = text };
            }
            else
            {
                errors.Add(new ProblemError($"/{InternetJson.PointerPart(member.Name)}", "is not known"));
            }
        }

        if (needsReason && (string.IsNullOrWhiteSpace(body.Reason) || body.Reason.Length > MaxReasonLength))
        {
            errors.Add(new ProblemError("/reason", $"is required: a text of 1-{MaxReasonLength} characters that is not blank"));
        }

        return errors;
    }
}
