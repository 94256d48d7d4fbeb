using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using QANexus.Api.Feeds;
using QANexus.Api.Routing;

namespace QANexus.Functions.Http;

public sealed class FeedFunctions(FeedEndpoints feeds)
{
    [Function("read-feed")]
    public Task<IResult> Read(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.Feed)] HttpRequest request,
        string tenantId, CancellationToken cancellationToken) =>
        feeds.ReadAsync(request, tenantId, cancellationToken);
}
