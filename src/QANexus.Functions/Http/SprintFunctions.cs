using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using QANexus.Api.Sprints;
using QANexus.Api.Routing;

namespace QANexus.Functions.Http;

public sealed class SprintFunctions(SprintEndpoints sprints)
{
    [Function("create-sprint")]
    public Task<IResult> Create(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.Sprints)] HttpRequest request,
        string tenantId, CancellationToken cancellationToken) =>
        sprints.CreateAsync(request, tenantId, cancellationToken);

    [Function("read-sprint")]
    public Task<IResult> Read(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.Sprint)] HttpRequest request,
        string tenantId, string id, CancellationToken cancellationToken) =>
        sprints.ReadAsync(request, tenantId, id, cancellationToken);

    [Function("add-sprint-item")]
    public Task<IResult> AddItem(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.SprintItems)] HttpRequest request,
        string tenantId, string id, CancellationToken cancellationToken) =>
        sprints.AddItemAsync(request, tenantId, id, cancellationToken);

    [Function("remove-sprint-item")]
    public Task<IResult> RemoveItem(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = Routes.SprintItem)] HttpRequest request,
        string tenantId, string id, string itemId, CancellationToken cancellationToken) =>
        sprints.RemoveItemAsync(request, tenantId, id, itemId, cancellationToken);

    [Function("move-sprint-item")]
    public Task<IResult> MoveItem(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.SprintItemStatus)] HttpRequest request,
        string tenantId, string id, string itemId, CancellationToken cancellationToken) =>
        sprints.MoveItemAsync(request, tenantId, id, itemId, cancellationToken);

    [Function("start-sprint")]
    public Task<IResult> Start(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.SprintStart)] HttpRequest request,
        string tenantId, string id, CancellationToken cancellationToken) =>
        sprints.StartAsync(request, tenantId, id, cancellationToken);

    [Function("complete-sprint")]
    public Task<IResult> Complete(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.SprintCompletion)] HttpRequest request,
        string tenantId, string id, CancellationToken cancellationToken) =>
        sprints.CompleteAsync(request, tenantId, id, cancellationToken);

    [Function("cancel-sprint")]
    public Task<IResult> Cancel(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.SprintCancellation)] HttpRequest request,
        string tenantId, string id, CancellationToken cancellationToken) =>
        sprints.CancelAsync(request, tenantId, id, cancellationToken);
}
