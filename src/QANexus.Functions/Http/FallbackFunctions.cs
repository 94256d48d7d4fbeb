using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using QANexus.Api.Routing;

namespace QANexus.Functions.Http;

public sealed class FallbackFunctions(FallbackEndpoint fallback)
{
    // The host tries routes in the order of their functions' names and takes the first that fits: this one's must sort last. Without methods it takes all.
    [Function("zz-unmatched-route")]
    public Task<IResult> Answer(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = Routes.Fallback)] HttpRequest request, string? path, CancellationToken cancellationToken) =>
        fallback.AnswerAsync(request, path, cancellationToken);
}
