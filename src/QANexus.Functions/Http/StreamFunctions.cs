using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using QANexus.Api.Routing;
using QANexus.Api.Streams;

namespace QANexus.Functions.Http;

public sealed class StreamFunctions(StreamEndpoints streams)
{
    [Function("append-events")]
    public Task<IResult> Append(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.StreamEvents)] HttpRequest request,
        string tenantId, string aggregateType, string aggregateId, CancellationToken cancellationToken) =>
        streams.AppendAsync(request, tenantId, aggregateType, aggregateId, cancellationToken);

    [Function("read-stream")]
    public Task<IResult> Read(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.StreamEvents)] HttpRequest request,
        string tenantId, string aggregateType, string aggregateId, CancellationToken cancellationToken) =>
        streams.ReadAsync(request, tenantId, aggregateType, aggregateId, cancellationToken);
}
