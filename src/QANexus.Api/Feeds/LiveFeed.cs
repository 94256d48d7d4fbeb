using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using QANexus.Api.Problems;
using QANexus.Api.Requests;
using QANexus.Api.Responses;
using QANexus.EventStore.Clearing;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Feeds;
using QANexus.EventStore.Streams;

namespace QANexus.Api.Feeds;

/// <summary>Sends a tenant's feed as an event stream for as long as its reader stays.</summary>
public sealed class LiveFeed(
    IHostApplicationLifetime lifetime, ITenantGenerations generations, TimeProvider time, IOptions<ApiOptions> options, ILogger<LiveFeed> logger)
{
    private static readonly TimeSpan Reconnect = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ReconnectAfterProblem = TimeSpan.FromSeconds(10);

    private readonly ApiOptions options = options.Value;

    /// <summary>The answer that begins with a page read already: whatever is wrong with the request shows before the first byte is sent.</summary>
    internal LiveAnswer Answer(AuthorizedTenant tenant, FeedPage first, FeedReadOptions read, FeedCursors.FeedCursorWriter cursors) =>
        new((context, invocation) => SendAsync(context, tenant, first, read, cursors, invocation)) { RequestCharge = first.RequestCharge };

    /// <summary>
    /// Ends quietly when the reader goes, the host stops or the time of one connection is over: a stream that was cancelled has not failed.
    /// </summary>
    private async Task SendAsync(
        HttpContext context, AuthorizedTenant tenant, FeedPage first, FeedReadOptions read, FeedCursors.FeedCursorWriter cursors, CancellationToken invocation)
    {
        using var ended = new CancellationTokenSource(options.LiveFeedDuration, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(invocation, context.RequestAborted, lifetime.ApplicationStopping, ended.Token);
        var text = new EventStreamText();
        try
        {
            await SendPagesAsync(context, tenant, first, read, cursors, text, linked.Token);
        }
        catch (Exception) when (linked.IsCancellationRequested)
        {
            ProblemLog.LiveFeedEnded(logger, tenant.Trace.TraceId);
        }
        catch (Exception exception)
        {
            var problem = Failure.Translate(exception, isStopping: false);
            Failure.Log(logger, exception, problem, tenant.Trace.TraceId);
            text.Clear();
            text.AddProblem(
                ProblemBody.Write(problem, context.Request.PathBase.Add(context.Request.Path).ToUriComponent(), tenant.Trace), ReconnectAfterProblem);
            await TrySendAsync(context, text, linked.Token);
        }
    }

    private async Task SendPagesAsync(
        HttpContext context, AuthorizedTenant tenant, FeedPage page, FeedReadOptions read, FeedCursors.FeedCursorWriter cursors, EventStreamText text,
        CancellationToken cancellationToken)
    {
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate)
        {
            // A reader that takes its time is not a broken one: nothing is read for it meanwhile.
            rate.MinDataRate = null;
        }

        read = read with { Wait = options.LiveFeedHeartbeat };
        text.AddRetry(Reconnect);
        while (true)
        {
            foreach (var commit in page.Commits)
            {
                text.AddCommit(commit, cursors.Format(commit.Position));
                await SendAsync(context, text, cancellationToken);
            }

            if (page.Commits.Count == 0)
            {
                await RequireCurrentAsync(tenant.Id, cancellationToken);
                text.AddHeartbeat(cursors.Format(page.Position));
                await SendAsync(context, text, cancellationToken);
            }

            // Only now, that the reader has taken what there was.
            page = await tenant.Store.ReadFeedAsync(page.Position, read, cancellationToken);
        }
    }

    /// <summary>Where the tenant was cleared since, nothing will ever come any more: better said than kept open.</summary>
    private async ValueTask RequireCurrentAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        if (await generations.CurrentAsync(tenant, cancellationToken) != tenant)
        {
            throw new InvalidFeedPositionException($"Tenant {tenant.Value} was cleared while its feed was read.");
        }
    }

    private static async Task SendAsync(HttpContext context, EventStreamText text, CancellationToken cancellationToken)
    {
        try
        {
            await context.Response.Body.WriteAsync(text.Written, cancellationToken);
            await context.Response.Body.FlushAsync(cancellationToken);
            text.Clear();
        }
        catch (OperationCanceledException)
        {
            // The reader does not take what is on its way, and nobody waits for that: a host that stops least of all.
            context.Abort();
            throw;
        }
    }

    private static async Task TrySendAsync(HttpContext context, EventStreamText text, CancellationToken cancellationToken)
    {
        try
        {
            await SendAsync(context, text, cancellationToken);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // Nobody is left to tell; the failure has been logged.
        }
    }
}
