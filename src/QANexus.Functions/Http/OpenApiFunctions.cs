using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using QANexus.Api.OpenApi;
using QANexus.Api.Routing;

namespace QANexus.Functions.Http;

public sealed class OpenApiFunctions(OpenApiEndpoints openApi)
{
    [Function("describe-api")]
    public Task<IResult> Describe(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.OpenApi)] HttpRequest request, CancellationToken cancellationToken) =>
        openApi.DescribeAsync(request, cancellationToken);
}
