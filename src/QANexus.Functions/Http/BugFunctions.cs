using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using QANexus.Api.Bugs;
using QANexus.Api.Routing;

namespace QANexus.Functions.Http;

public sealed class BugFunctions(BugEndpoints bugs)
{
    [Function("create-bug")]
    public Task<IResult> Create(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.Bugs)] HttpRequest request,
        string tenantId, CancellationToken cancellationToken) =>
        bugs.CreateAsync(request, tenantId, cancellationToken);

    [Function("read-bug")]
    public Task<IResult> Read(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.Bug)] HttpRequest request,
        string tenantId, string id, CancellationToken cancellationToken) =>
        bugs.ReadAsync(request, tenantId, id, cancellationToken);

    [Function("triage-bug")]
    public Task<IResult> Triage(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.BugTriage)] HttpRequest request,
        string tenantId, string id, CancellationToken cancellationToken) =>
        bugs.TriageAsync(request, tenantId, id, cancellationToken);

    [Function("update-bug-triage")]
    public Task<IResult> UpdateTriage(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = Routes.Bug)] HttpRequest request,
        string tenantId, string id, CancellationToken cancellationToken) =>
        bugs.UpdateTriageAsync(request, tenantId, id, cancellationToken);

    [Function("start-bug")]
    public Task<IResult> Start(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.BugWork)] HttpRequest request,
        string tenantId, string id, CancellationToken cancellationToken) =>
        bugs.StartAsync(request, tenantId, id, cancellationToken);

    [Function("resolve-bug")]
    public Task<IResult> Resolve(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.BugResolution)] HttpRequest request,
        string tenantId, string id, CancellationToken cancellationToken) =>
        bugs.ResolveAsync(request, tenantId, id, cancellationToken);

    [Function("verify-bug")]
    public Task<IResult> Verify(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.BugVerification)] HttpRequest request,
        string tenantId, string id, CancellationToken cancellationToken) =>
        bugs.VerifyAsync(request, tenantId, id, cancellationToken);

    [Function("close-bug")]
    public Task<IResult> Close(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.BugClosing)] HttpRequest request,
        string tenantId, string id, CancellationToken cancellationToken) =>
        bugs.CloseAsync(request, tenantId, id, cancellationToken);

    [Function("reopen-bug")]
    public Task<IResult> Reopen(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.BugReopening)] HttpRequest request,
        string tenantId, string id, CancellationToken cancellationToken) =>
        bugs.ReopenAsync(request, tenantId, id, cancellationToken);

    [Function("defer-bug")]
    public Task<IResult> Defer(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.BugDeferral)] HttpRequest request,
        string tenantId, string id, CancellationToken cancellationToken) =>
        bugs.DeferAsync(request, tenantId, id, cancellationToken);

    [Function("invalidate-bug")]
    public Task<IResult> Invalidate(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.BugInvalidation)] HttpRequest request,
        string tenantId, string id, CancellationToken cancellationToken) =>
        bugs.InvalidateAsync(request, tenantId, id, cancellationToken);
}
