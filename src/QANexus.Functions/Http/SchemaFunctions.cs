using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using QANexus.Api.Routing;
using QANexus.Api.Schemas;

namespace QANexus.Functions.Http;

public sealed class SchemaFunctions(SchemaEndpoints schemas)
{
    [Function("list-schemas")]
    public Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.Schemas)] HttpRequest request, CancellationToken cancellationToken) =>
        schemas.ListAsync(request, cancellationToken);

    [Function("read-schema")]
    public Task<IResult> Read(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.Schema)] HttpRequest request,
        string type, CancellationToken cancellationToken) =>
        schemas.ReadAsync(request, type, cancellationToken);
}
