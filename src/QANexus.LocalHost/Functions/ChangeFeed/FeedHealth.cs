using System.Collections.Concurrent;
using System.Net;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.Logging;

namespace QANexus.LocalHost.Functions.ChangeFeed;

/// <summary>
/// Tells what goes wrong between the change feed and a function, once for each cause and lease until changes get through again, and which leases the
/// function's processor holds.
/// </summary>
internal sealed class FeedHealth(string function, ILogger logger, CancellationToken stopping)
{
    private readonly ConcurrentDictionary<string, FailureCause> causes = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private readonly HashSet<string> held = new(StringComparer.Ordinal);
    private TaskCompletionSource? allReleased;

    public void Delivered(string lease) => causes.TryRemove(lease, out _);

    public Task AcquiredAsync(string lease)
    {
        lock (gate)
        {
            held.Add(lease);
        }

        logger.LeaseAcquired(function, lease);
        return Task.CompletedTask;
    }

    public Task ReleasedAsync(string lease)
    {
        lock (gate)
        {
            held.Remove(lease);
            if (held.Count == 0)
                allReleased?.TrySetResult();
        }

        logger.LeaseReleased(function, lease);
        return Task.CompletedTask;
    }

    /// <summary>
    /// Completes when no lease is held. To be waited for after the processor has stopped: it does not wait for a lease whose release has begun
    /// already, which the one of a call that failed on being stopped has.
    /// </summary>
    public Task AllReleasedAsync()
    {
        lock (gate)
        {
            allReleased ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (held.Count == 0)
                allReleased.TrySetResult();
            return allReleased.Task;
        }
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
