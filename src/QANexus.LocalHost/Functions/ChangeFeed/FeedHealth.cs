using System.Collections.Concurrent;
using System.Net;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.Logging;

namespace QANexus.LocalHost.Functions.ChangeFeed;

/// <summary>Tells what goes wrong between the change feed and a function: once for each cause and lease, until changes get through again.</summary>
internal sealed class FeedHealth(string function, ILogger logger, CancellationToken stopping)
{
    private readonly ConcurrentDictionary<string, FailureCause> causes = new(StringComparer.Ordinal);

    public void Delivered(string lease) => causes.TryRemove(lease, out _);

    public Task AcquiredAsync(string lease)
    {
        logger.LeaseAcquired(function, lease);
        return Task.CompletedTask;
    }

    public Task ReleasedAsync(string lease)
    {
        logger.LeaseReleased(function, lease);
        return Task.CompletedTask;
    }

    public Task FailedAsync(string lease, Exception exception)
    {
        var failure = exception is ChangeFeedProcessorUserException { InnerException: { } inner } ? inner : exception;
        var cause = FailureCause.Of(failure);
        // Stopping cancels what is under way, which is no failure.
        if (stopping.IsCancellationRequested || (causes.TryGetValue(lease, out var known) && known == cause))
            return Task.CompletedTask;

        causes[lease] = cause;
        switch (cause.StatusCode)
        {
            case HttpStatusCode.PreconditionFailed:
                logger.LeaseLost(function, lease);
                break;
            case HttpStatusCode.RequestTimeout or HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests:
                // Without the exception, whose text is some kilobytes of diagnostics.
                logger.FeedUnavailable(function, lease, (int)cause.StatusCode);
                break;
            default:
                logger.FeedFailed(function, lease, failure);
                break;
        }

        return Task.CompletedTask;
    }
}
