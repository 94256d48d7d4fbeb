using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using QANexus.Api.Links;
using QANexus.Api.Problems;
using QANexus.Api.Requests;
using QANexus.Api.Responses;
using QANexus.Api.Routing;
using QANexus.EventStore.Subscriptions;
using QANexus.EventStore.Views;

namespace QANexus.Api.Views;

/// <summary>Shows a tenant's views, and has them rebuilt.</summary>
public sealed class ViewEndpoints(EndpointPipeline pipeline, IViewReader views, IViewRebuilds rebuilds, ViewCursors cursors, LinkBuilder links)
{
    /// <summary>One page of a view's documents.</summary>
    public Task<IResult> ListAsync(HttpRequest request, string? tenantId, string? view, CancellationToken cancellationToken) =>
        pipeline.RunAsync(
            Operations.ListView, request, tenantId, (tenant, cancellation) => ListAsync(request, tenant, view, cancellation), cancellationToken);

    /// <summary>One document of a view, or how far its rebuild is.</summary>
    public Task<IResult> ReadAsync(HttpRequest request, string? tenantId, string? view, string? documentId, CancellationToken cancellationToken) =>
        pipeline.RunAsync(
            Operations.ReadView, request, tenantId,
            (tenant, cancellation) => documentId == ViewId.Rebuild
                ? ReadRebuildAsync(request, tenant, view, cancellation)
                : ReadAsync(request, tenant, view, documentId, cancellation),
            cancellationToken);

    /// <summary>Asks for a rebuild: 202, and where to see how far it is.</summary>
    public Task<IResult> RebuildAsync(HttpRequest request, string? tenantId, string? view, CancellationToken cancellationToken) =>
        pipeline.RunAsync(
            Operations.RebuildView, request, tenantId, (tenant, cancellation) => RebuildAsync(request, tenant, view, cancellation), cancellationToken);

    private async Task<Answer> ListAsync(HttpRequest request, AuthorizedTenant tenant, string? view, CancellationToken cancellationToken)
    {
        if (!TryFind(view, out var name, out var problem) || !ViewQuery.TryReadPage(request.Query, tenant.Limits, out var query, out problem))
        {
            return problem!;
        }

        ViewId? after = null;
        if (query.Cursor is { } cursor)
        {
            after = await cursors.ReadAsync(tenant.Id, name, cursor, cancellationToken);
            if (after is null)
            {
                return new Problem(ProblemCode.CursorInvalid, "The cursor was not made by this store for this tenant and view.");
            }
        }

        var page = await views.ListAsync(tenant.Id, name, after, query.MaxCount, query.AtLeast, cancellationToken);
        var next = page.Value.Next is { } last
            ? links.Self(request, ViewQuery.CursorName, await cursors.CreateAsync(tenant.Id, name, last, cancellationToken))
            : null;
        return new JsonAnswer(StatusCodes.Status200OK, ViewJson.Write(page.Value.Documents, next)) { RequestCharge = page.RequestCharge };
    }

    private async Task<Answer> ReadAsync(
        HttpRequest request, AuthorizedTenant tenant, string? view, string? documentId, CancellationToken cancellationToken)
    {
        if (!ViewId.TryParse(documentId, out var id))
        {
            return Problem.Invalid(ProblemError.InPath("documentId", "must be 1-250 of A-Z a-z 0-9 . _ ~ @ : and '-'"));
        }

        if (!TryFind(view, out var name, out var problem) || !ViewQuery.TryRead(request.Query, out var atLeast, out problem))
        {
            return problem!;
        }

        var found = await views.FindAsync(tenant.Id, name, id, atLeast, cancellationToken);
        return found.Value is { } document
            ? new JsonAnswer(StatusCodes.Status200OK, ViewJson.Write(document)) { RequestCharge = found.RequestCharge }
            : new Problem(ProblemCode.NotFound, $"View '{name}' has no document '{id}'.") { RequestCharge = found.RequestCharge };
    }

    private async Task<Answer> ReadRebuildAsync(HttpRequest request, AuthorizedTenant tenant, string? view, CancellationToken cancellationToken)
    {
        if (!TryFind(view, out var name, out var problem) || !new QueryParameters(request.Query).IsValid(out problem))
        {
            return problem!;
        }

        return await rebuilds.FindAsync(tenant.Id, name, cancellationToken) is { } status
            ? new JsonAnswer(StatusCodes.Status200OK, ViewJson.Write(status))
            : new Problem(ProblemCode.NotFound, $"View '{name}' was never rebuilt.");
    }

    private async Task<Answer> RebuildAsync(HttpRequest request, AuthorizedTenant tenant, string? view, CancellationToken cancellationToken)
    {
        if (!TryFind(view, out var name, out var problem) || !new QueryParameters(request.Query).IsValid(out problem))
        {
            return problem!;
        }

        return await rebuilds.RequestAsync(tenant.Id, name, cancellationToken) is { } status
            ? new JsonAnswer(StatusCodes.Status202Accepted, ViewJson.Write(status)) { Headers = [new(HeaderNames.Location, links.Self(request))] }
            : new Problem(ProblemCode.NotFound, $"View '{name}' is written by a subscriber and cannot be rebuilt.");
    }

    private bool TryFind(string? text, out SubscriptionName view, out Problem? problem)
    {
        problem = null;
        if (!SubscriptionName.TryParse(text, out view))
        {
            problem = Problem.Invalid(ProblemError.InPath("view", "must be 1-64 of a-z, 0-9 and '-', starting with a letter"));
        }
        else if (!views.Exists(view))
        {
            problem = new Problem(ProblemCode.NotFound, $"There is no view '{view}'.");
        }

        return problem is null;
    }
}
