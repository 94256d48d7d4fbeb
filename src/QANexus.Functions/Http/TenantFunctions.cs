using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using QANexus.Api.Clearing;
using QANexus.Api.Routing;

namespace QANexus.Functions.Http;

public sealed class TenantFunctions(TenantEndpoints tenants)
{
    [Function("clear-tenant")]
    public Task<IResult> Clear(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = Routes.TenantEvents)] HttpRequest request,
        string tenantId, CancellationToken cancellationToken) =>
        tenants.ClearAsync(request, tenantId, cancellationToken);
}
