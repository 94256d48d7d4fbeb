using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using QANexus.Api.Health;
using QANexus.Api.Routing;

namespace QANexus.Functions.Http;

public sealed class HealthFunctions(HealthEndpoints health)
{
    [Function("health-live")]
    public Task<IResult> Live(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.Live)] HttpRequest request, CancellationToken cancellationToken) =>
        health.LiveAsync(request, cancellationToken);

    [Function("health-ready")]
    public Task<IResult> Ready(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.Ready)] HttpRequest request, CancellationToken cancellationToken) =>
        health.ReadyAsync(request, cancellationToken);
}
