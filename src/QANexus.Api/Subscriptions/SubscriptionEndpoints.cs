using Microsoft.AspNetCore.Http;
using QANexus.Api.Problems;
using QANexus.Api.Requests;
using QANexus.Api.Responses;
using QANexus.Api.Routing;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;

namespace QANexus.Api.Subscriptions;

/// <summary>Shows how a tenant's subscriptions stand, and lets parked streams go on.</summary>
public sealed class SubscriptionEndpoints(EndpointPipeline pipeline, ISubscriptionOperations subscriptions)
{
    /// <summary>Every subscription with its lag.</summary>
    public Task<IResult> ListAsync(HttpRequest request, string? tenantId, CancellationToken cancellationToken) =>
        pipeline.RunAsync(
            Operations.ListSubscriptions, request, tenantId, (tenant, cancellation) => ListAsync(request, tenant, cancellation), cancellationToken);

    /// <summary>The parked streams of a subscription.</summary>
    public Task<IResult> ListParkedAsync(HttpRequest request, string? tenantId, string? subscription, CancellationToken cancellationToken) =>
        pipeline.RunAsync(
            Operations.ListParked, request, tenantId,
            (tenant, cancellation) => ListParkedAsync(request, tenant, subscription, cancellation), cancellationToken);

    /// <summary>Delivers a parked stream from where it stopped: 200 with what of it is still parked.</summary>
    public Task<IResult> RetryAsync(
        HttpRequest request, string? tenantId, string? subscription, string? streamId, CancellationToken cancellationToken) =>
        pipeline.RunAsync(
            Operations.RetryParked, request, tenantId,
            (tenant, cancellation) => ActAsync(request, tenant, subscription, streamId, isSkip: false, cancellation), cancellationToken);

    /// <summary>The same, but leaves out the event that failed.</summary>
    public Task<IResult> SkipAsync(
        HttpRequest request, string? tenantId, string? subscription, string? streamId, CancellationToken cancellationToken) =>
        pipeline.RunAsync(
            Operations.SkipParked, request, tenantId,
            (tenant, cancellation) => ActAsync(request, tenant, subscription, streamId, isSkip: true, cancellation), cancellationToken);

    private async Task<Answer> ListAsync(HttpRequest request, AuthorizedTenant tenant, CancellationToken cancellationToken) =>
        new QueryParameters(request.Query).IsValid(out var problem)
            ? new JsonAnswer(StatusCodes.Status200OK, SubscriptionJson.Write(await subscriptions.ListAsync(tenant.Id, cancellationToken)))
            : problem!;

    private async Task<Answer> ListParkedAsync(
        HttpRequest request, AuthorizedTenant tenant, string? subscription, CancellationToken cancellationToken)
    {
        if (!TryParse(subscription, out var name, out var problem) || !new QueryParameters(request.Query).IsValid(out problem))
        {
            return problem!;
        }

        return Answered(name, await subscriptions.ParkedAsync(tenant.Id, name, cancellationToken));
    }

    private async Task<Answer> ActAsync(
        HttpRequest request, AuthorizedTenant tenant, string? subscription, string? streamId, bool isSkip, CancellationToken cancellationToken)
    {
        if (!StreamId.TryParse(streamId, out var stream))
        {
            return Problem.Invalid(ProblemError.InPath("streamId", "must be {aggregateType}:{aggregateId}"));
        }

        if (!TryParse(subscription, out var name, out var problem) || !new QueryParameters(request.Query).IsValid(out problem))
        {
            return problem!;
        }

        var (body, wrong) = await ParkedActionBody.ReadAsync(request, isSkip, cancellationToken);
        if (wrong is not null)
        {
            return wrong;
        }

        return Answered(name, isSkip
            ? await subscriptions.SkipAsync(tenant.Id, name, stream, body.Handler, body.Reason!, tenant.Caller.Actor, cancellationToken)
            : await subscriptions.RetryAsync(tenant.Id, name, stream, body.Handler, cancellationToken));
    }

    private static Answer Answered(SubscriptionName name, IReadOnlyList<ParkedStream>? parked) => parked is null
        ? new Problem(ProblemCode.NotFound, $"There is no subscription '{name}'.")
        : new JsonAnswer(StatusCodes.Status200OK, SubscriptionJson.Write(parked));

    private static bool TryParse(string? text, out SubscriptionName name, out Problem? problem)
    {
        problem = SubscriptionName.TryParse(text, out name)
            ? null
            : Problem.Invalid(ProblemError.InPath("subscription", "must be 1-64 of a-z, 0-9 and '-', starting with a letter"));
        return problem is null;
    }
}
