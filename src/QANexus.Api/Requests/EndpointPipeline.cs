using System.Globalization;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;
using QANexus.Api.Authentication;
using QANexus.Api.Limits;
using QANexus.Api.Problems;
using QANexus.Api.Responses;
using QANexus.Api.Routing;
using QANexus.EventStore;
using QANexus.EventStore.Clearing;
using QANexus.EventStore.Streams;

namespace QANexus.Api.Requests;

/// <summary>
/// What every request goes through: who calls, for which tenant, whether they may, and an answer whatever happens. An exception that escaped
/// would be sent as 200 without a body by the Functions host.
/// </summary>
public sealed class EndpointPipeline(
    IEventStore store, ITenantGenerations generations, IEnumerable<ICallerAuthenticator> authenticators, TenantQuotas quotas, TimeProvider time,
    ILogger<EndpointPipeline> logger)
{
    private const int ClientClosedRequest = 499;
    private const string NoOperation = "no-operation";

    private readonly ICallerAuthenticator[] authenticators = [.. authenticators];

    /// <summary>Runs an operation on a tenant's data.</summary>
    internal Task<IResult> RunAsync(
        Operation operation, HttpRequest request, string? tenantId,
        Func<AuthorizedTenant, CancellationToken, Task<Answer>> answer, CancellationToken cancellationToken) =>
        RunAsync(
            operation.Name, request, tenantId, (trace, cancellation) => AuthorizeAsync(operation, request, trace, tenantId, answer, cancellation),
            cancellationToken);

    /// <summary>Runs what touches no tenant's data; without an operation, what refuses a request that is for none.</summary>
    internal Task<IResult> RunAsync(
        Operation? operation, HttpRequest request, Func<CancellationToken, Task<Answer>> answer, CancellationToken cancellationToken) =>
        RunAsync(operation?.Name ?? NoOperation, request, tenantId: null, (_, cancellation) => answer(cancellation), cancellationToken);

    /// <summary>Runs what touches no tenant's data and is for every caller who is known.</summary>
    internal Task<IResult> RunForCallerAsync(
        Operation operation, HttpRequest request, Func<Caller, Answer> answer, CancellationToken cancellationToken) =>
        RunAsync(
            operation.Name, request, tenantId: null,
            async (_, cancellation) => await AuthenticateAsync(request.HttpContext, cancellation) is { } caller
                ? Acceptable(request) ?? answer(caller)
                : Unauthenticated(request),
            cancellationToken);

    private async Task<IResult> RunAsync(
        string operation, HttpRequest request, string? tenantId, Func<RequestTrace, CancellationToken, Task<Answer>> answer, CancellationToken cancellationToken)
    {
        using var measured = new MeasuredRequest(operation, tenantId, time, logger);
        var trace = RequestTrace.Of(request);
        var aborted = request.HttpContext.RequestAborted;
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, aborted);
        try
        {
            return Finish(await answer(trace, linked.Token));
        }
        catch (Exception exception) when (aborted.IsCancellationRequested || exception is ConnectionResetException)
        {
            measured.Answer(ClientClosedRequest, problem: null, requestCharge: null, trace);
            ProblemLog.ClientGone(logger, trace.TraceId);
            return new ApiResult(ClientClosedRequest, [], contentType: null, body: default);
        }
        catch (Exception exception)
        {
            var problem = Failure.Translate(exception, isStopping: cancellationToken.IsCancellationRequested);
            Failure.Log(logger, exception, problem, trace.TraceId);
            return Finish(problem);
        }

        ApiResult Finish(Answer given)
        {
            measured.Answer(StatusOf(given), (given as Problem)?.Code.Code, given.RequestCharge, trace);
            return Render(given, request, trace, cancellationToken);
        }
    }

    private async Task<Answer> AuthorizeAsync(
        Operation operation, HttpRequest request, RequestTrace trace, string? tenantId,
        Func<AuthorizedTenant, CancellationToken, Task<Answer>> answer, CancellationToken cancellationToken)
    {
        if (await AuthenticateAsync(request.HttpContext, cancellationToken) is not { } caller)
        {
            return Unauthenticated(request);
        }

        if (!TenantId.TryParse(tenantId, out var tenant))
        {
            return Problem.Invalid(ProblemError.InPath("tenantId", "must be 1-64 of a-z, 0-9 and '-', starting with a letter or digit"));
        }

        if (operation.Permission is not { } permission || !caller.Holds(permission, tenant))
        {
            return new Problem(ProblemCode.Forbidden, "The caller does not hold the permission for this in this tenant.");
        }

        if (Acceptable(request, operation) is { } problem)
        {
            return problem;
        }

        if (quotas.Take(tenant) is { } delay)
        {
            return new Problem(ProblemCode.Throttled, "The tenant asks more often than it may; nothing was done.").RetryAfter(delay);
        }

        // Once a request: everything that it reads, writes and signs is of one generation.
        var current = await generations.CurrentAsync(tenant, cancellationToken);
        return await answer(new AuthorizedTenant(caller, store.ForTenant(current), trace, quotas.LimitsOf(tenant)), cancellationToken);
    }

    private static Problem Unauthenticated(HttpRequest request) => request.Headers.Authorization.Count == 0
        ? new Problem(ProblemCode.Unauthenticated, "The request carries nothing that says who is calling.")
        {
            Headers = [new(HeaderNames.WWWAuthenticate, "Bearer")],
        }
        : new Problem(ProblemCode.Unauthenticated, "The request's token is not valid here.")
        {
            Headers = [new(HeaderNames.WWWAuthenticate, "Bearer error=\"invalid_token\"")],
        };

    /// <summary>Null where the caller takes JSON, or an event stream from an operation that has one.</summary>
    private static Problem? Acceptable(HttpRequest request, Operation? operation = null)
    {
        var canBeLive = operation is { CanBeLive: true };
        if (ContentNegotiation.AcceptsJson(request.Headers) || (canBeLive && ContentNegotiation.PrefersEventStream(request.Headers)))
        {
            return null;
        }

        var offered = canBeLive ? $"{JsonAnswer.MediaType} or {LiveAnswer.MediaType}" : JsonAnswer.MediaType;
        return new Problem(ProblemCode.NotAcceptable, $"The answer is {offered}, which the Accept header leaves out.");
    }

    private async ValueTask<Caller?> AuthenticateAsync(HttpContext context, CancellationToken cancellationToken)
    {
        foreach (var authenticator in authenticators)
        {
            if (await authenticator.AuthenticateAsync(context, cancellationToken) is { } caller)
            {
                return caller;
            }
        }

        return null;
    }

    private static int StatusOf(Answer answer) => answer switch
    {
        JsonAnswer json => json.Status,
        LiveAnswer => StatusCodes.Status200OK,
        Problem problem => problem.Code.Status,
        _ => StatusCodes.Status304NotModified,
    };

    private static ApiResult Render(Answer answer, HttpRequest request, RequestTrace trace, CancellationToken invocation)
    {
        List<KeyValuePair<string, string>> headers = [.. answer.Headers, new(HeaderNames.CacheControl, "no-store")];
        if (answer.RequestCharge is { } charge)
        {
            headers.Add(new(ApiHeaders.RequestCharge, charge.ToString("0.00", CultureInfo.InvariantCulture)));
        }

        var status = StatusOf(answer);
        return answer switch
        {
            JsonAnswer json => new ApiResult(status, headers, JsonAnswer.MediaType, json.Body),
            LiveAnswer live => new ApiResult(status, headers, LiveAnswer.MediaType, context => live.SendAsync(context, invocation)),
            Problem problem => new ApiResult(
                status, headers, ProblemBody.MediaType, ProblemBody.Write(problem, request.PathBase.Add(request.Path).ToUriComponent(), trace)),
            _ => new ApiResult(status, headers, contentType: null, body: default),
        };
    }
}
