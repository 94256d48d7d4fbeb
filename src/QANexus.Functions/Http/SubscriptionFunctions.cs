using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using QANexus.Api.Routing;
using QANexus.Api.Subscriptions;

namespace QANexus.Functions.Http;

public sealed class SubscriptionFunctions(SubscriptionEndpoints subscriptions)
{
    [Function("list-subscriptions")]
    public Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.Subscriptions)] HttpRequest request,
        string tenantId, CancellationToken cancellationToken) =>
        subscriptions.ListAsync(request, tenantId, cancellationToken);

    [Function("list-parked")]
    public Task<IResult> ListParked(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.Parked)] HttpRequest request,
        string tenantId, string subscription, CancellationToken cancellationToken) =>
        subscriptions.ListParkedAsync(request, tenantId, subscription, cancellationToken);

    [Function("retry-parked")]
    public Task<IResult> Retry(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.RetryParked)] HttpRequest request,
        string tenantId, string subscription, string streamId, CancellationToken cancellationToken) =>
        subscriptions.RetryAsync(request, tenantId, subscription, streamId, cancellationToken);

    [Function("skip-parked")]
    public Task<IResult> Skip(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.SkipParked)] HttpRequest request,
        string tenantId, string subscription, string streamId, CancellationToken cancellationToken) =>
        subscriptions.SkipAsync(request, tenantId, subscription, streamId, cancellationToken);
}
