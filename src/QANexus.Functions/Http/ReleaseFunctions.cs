using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using QANexus.Api.Releases;
using QANexus.Api.Routing;

namespace QANexus.Functions.Http;

public sealed class ReleaseFunctions(ReleaseEndpoints releases)
{
    [Function("create-release")]
    public Task<IResult> Create(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.Releases)] HttpRequest request,
        string tenantId, CancellationToken cancellationToken) =>
        releases.CreateAsync(request, tenantId, cancellationToken);

    [Function("read-release")]
    public Task<IResult> Read(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.Release)] HttpRequest request,
        string tenantId, string id, CancellationToken cancellationToken) =>
        releases.ReadAsync(request, tenantId, id, cancellationToken);

    [Function("evaluate-release")]
    public Task<IResult> Evaluate(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.ReleaseEvaluation)] HttpRequest request,
        string tenantId, string id, CancellationToken cancellationToken) =>
        releases.EvaluateAsync(request, tenantId, id, cancellationToken);

    [Function("activate-release")]
    public Task<IResult> Activate(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.ReleaseActivation)] HttpRequest request,
        string tenantId, string id, CancellationToken cancellationToken) =>
        releases.ActivateAsync(request, tenantId, id, cancellationToken);

    [Function("freeze-release")]
    public Task<IResult> Freeze(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.ReleaseFreeze)] HttpRequest request,
        string tenantId, string id, CancellationToken cancellationToken) =>
        releases.FreezeAsync(request, tenantId, id, cancellationToken);

    [Function("release-release")]
    public Task<IResult> Release(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.ReleaseShipping)] HttpRequest request,
        string tenantId, string id, CancellationToken cancellationToken) =>
        releases.ReleaseAsync(request, tenantId, id, cancellationToken);

    [Function("block-release")]
    public Task<IResult> Block(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.ReleaseBlock)] HttpRequest request,
        string tenantId, string id, CancellationToken cancellationToken) =>
        releases.BlockAsync(request, tenantId, id, cancellationToken);

    [Function("abort-release")]
    public Task<IResult> Abort(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.ReleaseAbort)] HttpRequest request,
        string tenantId, string id, CancellationToken cancellationToken) =>
        releases.AbortAsync(request, tenantId, id, cancellationToken);

    [Function("override-release")]
    public Task<IResult> Override(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.ReleaseOverride)] HttpRequest request,
        string tenantId, string id, CancellationToken cancellationToken) =>
        releases.OverrideAsync(request, tenantId, id, cancellationToken);
}
