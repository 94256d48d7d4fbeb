using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using QANexus.Api.Events;
using QANexus.Api.Routing;

namespace QANexus.Functions.Http;

public sealed class EventFunctions(EventEndpoints events)
{
    [Function("query-events")]
    public Task<IResult> Query(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.TenantEvents)] HttpRequest request,
        string tenantId, CancellationToken cancellationToken) =>
        events.QueryAsync(request, tenantId, cancellationToken);

    [Function("find-event")]
    public Task<IResult> Find(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.TenantEvent)] HttpRequest request,
        string tenantId, string eventId, CancellationToken cancellationToken) =>
        events.FindAsync(request, tenantId, eventId, cancellationToken);

    [Function("count-events")]
    public Task<IResult> Count(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.EventCount)] HttpRequest request,
        string tenantId, CancellationToken cancellationToken) =>
        events.CountAsync(request, tenantId, cancellationToken);
}
