using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using QANexus.Api.Problems;
using QANexus.Api.Requests;
using QANexus.Api.Responses;
using QANexus.Api.Routing;
using QANexus.EventStore.Feeds;

namespace QANexus.Api.Feeds;

/// <summary>Lets callers follow a tenant's events, page by page or live.</summary>
public sealed class FeedEndpoints(EndpointPipeline pipeline, FeedCursors cursors, LiveFeed live, IHostApplicationLifetime lifetime)
{
    /// <summary>What comes after a cursor: a page, or an event stream where that is asked for.</summary>
    public Task<IResult> ReadAsync(HttpRequest request, string? tenantId, CancellationToken cancellationToken) =>
        pipeline.RunAsync(
            Operations.ReadFeed, request, tenantId, (tenant, cancellation) => ReadAsync(request, tenant, cancellation), cancellationToken);

    private async Task<Answer> ReadAsync(HttpRequest request, AuthorizedTenant tenant, CancellationToken cancellationToken)
    {
        var isLive = ContentNegotiation.PrefersEventStream(request.Headers);
        if (!FeedRequest.TryRead(request, isLive, tenant.Limits, out var feed, out var problem))
        {
            return problem!;
        }

        FeedPosition? after = null;
        if (feed.Cursor is { } cursor && (after = await cursors.ReadAsync(tenant.Id, cursor, cancellationToken)) is null)
        {
            return new Problem(ProblemCode.CursorInvalid, "The cursor was not made by this store for the feed of this tenant.");
        }

        var writer = await cursors.ForTenantAsync(tenant.Id, cancellationToken);
        var page = await tenant.Store.ReadFeedAsync(after, feed.Options with { Wait = TimeSpan.Zero }, cancellationToken);
        if (isLive)
        {
            return live.Answer(tenant, page, feed.Options, writer);
        }

        if (page.Commits.Count == 0 && feed.Options.Wait > TimeSpan.Zero)
        {
            page = await WaitAsync(tenant, page, feed.Options, cancellationToken);
        }

        return new JsonAnswer(StatusCodes.Status200OK, FeedPageAnswer.Write(page, writer.Format(page.Position))) { RequestCharge = page.RequestCharge };
    }

    /// <summary>The next page, or the empty one where none comes in time. A host that stops does not wait, and its caller goes on elsewhere.</summary>
    private async Task<FeedPage> WaitAsync(AuthorizedTenant tenant, FeedPage empty, FeedReadOptions options, CancellationToken cancellationToken)
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        try
        {
            var page = await tenant.Store.ReadFeedAsync(empty.Position, options, linked.Token);
            return page with { RequestCharge = page.RequestCharge + empty.RequestCharge };
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return empty;
        }
    }
}
