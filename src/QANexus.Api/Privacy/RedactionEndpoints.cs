using Microsoft.AspNetCore.Http;
using QANexus.Api.Events;
using QANexus.Api.Problems;
using QANexus.Api.Requests;
using QANexus.Api.Responses;
using QANexus.Api.Routing;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Privacy;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Upcasting;

namespace QANexus.Api.Privacy;

/// <summary>Takes the data of events away.</summary>
public sealed class RedactionEndpoints(EndpointPipeline pipeline, IEventRedactor redactor, EventUpcaster upcaster)
{
    /// <summary>Redacts every event of an id: 200 with the event, also the second time.</summary>
    public Task<IResult> RedactAsync(HttpRequest request, string? tenantId, string? eventId, CancellationToken cancellationToken) =>
        pipeline.RunAsync(
            Operations.RedactEvent, request, tenantId, (tenant, cancellation) => RedactAsync(request, tenant, eventId, cancellation), cancellationToken);

    private async Task<Answer> RedactAsync(HttpRequest request, AuthorizedTenant tenant, string? eventId, CancellationToken cancellationToken)
    {
        if (!EventPath.TryParse(eventId, out var id, out var problem) || !new QueryParameters(request.Query).IsValid(out problem))
        {
            return problem!;
        }

        if (!ContentNegotiation.SendsJson(request.Headers))
        {
            return new Problem(ProblemCode.UnsupportedMediaType, "The body must be application/json in UTF-8, without a content coding.");
        }

        if (await RequestBody.ReadAsync(request, RedactionBody.MaxBytes, cancellationToken) is not { } utf8)
        {
            return new Problem(ProblemCode.PayloadTooLarge, $"The body is larger than {RedactionBody.MaxBytes} bytes.");
        }

        if (!RedactionBody.TryParse(utf8, out var reason, out problem))
        {
            return problem!;
        }

        return await redactor.RedactAsync(tenant.Id, id, new RedactionRequest(reason, tenant.Caller.Actor), cancellationToken) switch
        {
            RedactionResult.Redacted redacted => await AnswerAsync(tenant.Id, id, redacted, cancellationToken),
            RedactionResult.NotFound missing => new Problem(ProblemCode.NotFound, $"There is no event '{id}'.") { RequestCharge = missing.RequestCharge },
            var unknown => throw new InvalidOperationException($"A redaction cannot end in {unknown.GetType().Name}."),
        };
    }

    /// <summary>The event as every read shows it; as it is stored where reads show none of this id, for upcasting drops or splits it.</summary>
    private async Task<Answer> AnswerAsync(TenantId tenant, EventId id, RedactionResult.Redacted redacted, CancellationToken cancellationToken)
    {
        var latest = await UpcastAsync(tenant, redacted.Events[0], cancellationToken);
        var e = latest.FirstOrDefault(part => part.Id == id) ?? redacted.Events[0];
        return new JsonAnswer(StatusCodes.Status200OK, JsonText.Write(EventJson.ExpectedBytes([e]), writer => EventJson.Write(writer, e)))
        {
            RequestCharge = redacted.RequestCharge,
        };
    }

    private async ValueTask<IReadOnlyList<RecordedEvent>> UpcastAsync(TenantId tenant, RecordedEvent stored, CancellationToken cancellationToken)
    {
        try
        {
            return await upcaster.UpcastAsync(tenant, stored, cancellationToken);
        }
        catch (UnknownSchemaVersionException)
        {
            // Of a newer build: there is no form of it that reads here could show, and it is redacted all the same.
            return [stored];
        }
    }
}
