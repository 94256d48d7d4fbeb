using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using QANexus.Api.Aggregates;
using QANexus.Api.Routing;
using QANexus.Api.Snapshots;
using QANexus.Api.Streams;

namespace QANexus.Functions.Http;

public sealed class StreamFunctions(StreamEndpoints streams, StateEndpoints states, SnapshotEndpoints snapshots)
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

    [Function("read-state")]
    public Task<IResult> ReadState(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.StreamState)] HttpRequest request,
        string tenantId, string aggregateType, string aggregateId, CancellationToken cancellationToken) =>
        states.ReadAsync(request, tenantId, aggregateType, aggregateId, cancellationToken);

    [Function("read-snapshot")]
    public Task<IResult> ReadSnapshot(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.StreamSnapshot)] HttpRequest request,
        string tenantId, string aggregateType, string aggregateId, CancellationToken cancellationToken) =>
        snapshots.ReadAsync(request, tenantId, aggregateType, aggregateId, cancellationToken);

    [Function("put-snapshot")]
    public Task<IResult> PutSnapshot(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = Routes.StreamSnapshot)] HttpRequest request,
        string tenantId, string aggregateType, string aggregateId, CancellationToken cancellationToken) =>
        snapshots.KeepAsync(request, tenantId, aggregateType, aggregateId, cancellationToken);
}
