using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using QANexus.Api.Routing;
using QANexus.Api.Views;

namespace QANexus.Functions.Http;

public sealed class ViewFunctions(ViewEndpoints views)
{
    [Function("list-view")]
    public Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.View)] HttpRequest request,
        string tenantId, string view, CancellationToken cancellationToken) =>
        views.ListAsync(request, tenantId, view, cancellationToken);

    [Function("read-view")]
    public Task<IResult> Read(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.ViewDocument)] HttpRequest request,
        string tenantId, string view, string documentId, CancellationToken cancellationToken) =>
        views.ReadAsync(request, tenantId, view, documentId, cancellationToken);

    [Function("rebuild-view")]
    public Task<IResult> Rebuild(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.ViewRebuild)] HttpRequest request,
        string tenantId, string view, CancellationToken cancellationToken) =>
        views.RebuildAsync(request, tenantId, view, cancellationToken);
}
