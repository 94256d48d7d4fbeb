using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using QANexus.Api.Requirements;
using QANexus.Api.Routing;

namespace QANexus.Functions.Http;

public sealed class RequirementFunctions(RequirementEndpoints requirements)
{
    [Function("create-requirement")]
    public Task<IResult> Create(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.Requirements)] HttpRequest request,
        string tenantId, CancellationToken cancellationToken) =>
        requirements.CreateAsync(request, tenantId, cancellationToken);

    [Function("read-requirement")]
    public Task<IResult> Read(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.Requirement)] HttpRequest request,
        string tenantId, string id, CancellationToken cancellationToken) =>
        requirements.ReadAsync(request, tenantId, id, cancellationToken);

    [Function("update-requirement")]
    public Task<IResult> Update(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = Routes.Requirement)] HttpRequest request,
        string tenantId, string id, CancellationToken cancellationToken) =>
        requirements.UpdateAsync(request, tenantId, id, cancellationToken);

    [Function("analyze-requirement")]
    public Task<IResult> Analyze(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.RequirementAnalysis)] HttpRequest request,
        string tenantId, string id, CancellationToken cancellationToken) =>
        requirements.AnalyzeAsync(request, tenantId, id, cancellationToken);

    [Function("approve-requirement")]
    public Task<IResult> Approve(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.RequirementApproval)] HttpRequest request,
        string tenantId, string id, CancellationToken cancellationToken) =>
        requirements.ApproveAsync(request, tenantId, id, cancellationToken);

    [Function("publish-requirement")]
    public Task<IResult> Publish(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.RequirementPublication)] HttpRequest request,
        string tenantId, string id, CancellationToken cancellationToken) =>
        requirements.PublishAsync(request, tenantId, id, cancellationToken);

    [Function("ready-requirement")]
    public Task<IResult> MarkReady(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.RequirementReadiness)] HttpRequest request,
        string tenantId, string id, CancellationToken cancellationToken) =>
        requirements.MarkReadyAsync(request, tenantId, id, cancellationToken);

    [Function("backlog-requirement")]
    public Task<IResult> Backlog(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.RequirementBacklog)] HttpRequest request,
        string tenantId, string id, CancellationToken cancellationToken) =>
        requirements.BacklogAsync(request, tenantId, id, cancellationToken);

    [Function("revise-requirement")]
    public Task<IResult> NeedsRevision(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.RequirementRevision)] HttpRequest request,
        string tenantId, string id, CancellationToken cancellationToken) =>
        requirements.NeedsRevisionAsync(request, tenantId, id, cancellationToken);
}
