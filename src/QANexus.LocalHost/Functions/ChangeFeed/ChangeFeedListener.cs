using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.Logging;
using Newtonsoft.Json.Linq;
using QANexus.LocalHost.Functions.Retrying;

namespace QANexus.LocalHost.Functions.ChangeFeed;

/// <summary>
/// Calls a function with the changes of a container as the trigger of the Functions host does, on the same processor of the SDK: a batch counts as
/// handled when the function has succeeded <em>or its policy is used up</em>, which without a policy it is at the first failure; only stopping leaves
/// it unhandled, whatever the function did.
/// </summary>
internal sealed class ChangeFeedListener(
    ChangeFeedFunction function, Database database, string instanceName, RetriedCall call, TimeProvider time, ILogger logger) : IFunctionListener
{
    /// <summary>
    /// Pause between polls where the attribute says nothing. The deployed trigger's 5 s would be long to wait for on one machine; at 100 ms three idle
    /// functions were measured to take a third of a processor.
    /// </summary>
    private static readonly TimeSpan PollDelay = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan FirstStartPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan MaxStartPause = TimeSpan.FromSeconds(5);

    /// <summary>How long, by the real clock, stopping waits for the last lease. One that cannot be given back, or was lost, expires by itself.</summary>
    private static readonly TimeSpan ReleaseTime = TimeSpan.FromSeconds(2);

    public BackgroundFunction Function => function;

    public async Task RunAsync(CancellationToken stopping)
    {
        var health = new FeedHealth(function.Name, logger, stopping);
        var processor = Build(health, stopping);
        if (await StartAsync(processor, stopping))
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await processor.StopAsync();
            await health.AllReleasedAsync().WaitAsync(ReleaseTime, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> StartAsync(ChangeFeedProcessor processor, CancellationToken stopping)
    {
        FailureCause? known = null;
        for (var pause = FirstStartPause; !stopping.IsCancellationRequested; pause = pause < MaxStartPause ? pause * 2 : MaxStartPause)
        {
            try
            {
                await processor.StartAsync();
                return true;
            }
            catch (Exception failure)
            {
                var cause = FailureCause.Of(failure);
                if (cause != known && !stopping.IsCancellationRequested)
                    logger.FeedNotStarted(function.Name, failure);
                known = cause;
            }

            await Task.Delay(pause, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return false;
    }

    private ChangeFeedProcessor Build(FeedHealth health, CancellationToken stopping)
    {
        var trigger = function.Trigger;
        // The SDK's own parser makes the objects, as in the trigger: what it throws at, a function is never called with.
        var builder = database.GetContainer(trigger.ContainerName)
            .GetChangeFeedProcessorBuilder<JObject>(function.LeasePrefix, (context, documents, _) => HandleAsync(context.LeaseToken, documents, health, stopping))
            .WithErrorNotification(health.FailedAsync)
            .WithLeaseAcquireNotification(health.AcquiredAsync)
            .WithLeaseReleaseNotification(health.ReleasedAsync)
            .WithInstanceName(instanceName)
            .WithLeaseContainer(database.GetContainer(function.LeaseContainer))
            .WithPollInterval(Given(trigger.FeedPollDelay) ?? PollDelay)
            .WithLeaseConfiguration(Given(trigger.LeaseAcquireInterval), Given(trigger.LeaseExpirationInterval), Given(trigger.LeaseRenewInterval));
        if (trigger.MaxItemsPerInvocation > 0)
            builder.WithMaxItems(trigger.MaxItemsPerInvocation);
        if (trigger.StartFromBeginning)
            builder.WithStartTime(DateTime.MinValue.ToUniversalTime());
        return builder.Build();
    }

    /// <summary>
    /// The processor's own token, cancelled when the lease is lost, does not reach the function: the trigger passes on none but the host's.
    /// </summary>
    private async Task HandleAsync(string lease, IReadOnlyCollection<JObject> documents, FeedHealth health, CancellationToken stopping)
    {
        health.Delivered(lease);
        var began = TimeProvider.System.GetTimestamp();
        var text = DeliveredText.Of(documents);
        var failure = await call.TryAsync(text, stopping);
        // Throwing keeps the batch from being counted as handled.
        stopping.ThrowIfCancellationRequested();
        if (failure is not null)
            logger.ChangesLost(function.Name, documents.Count, lease, failure);
        // By the real clock, as it is about the load of this machine. Being stopped ends it, and the batch counts as handled.
        var pause = BatchPace.PauseAfter(
            documents.Count, text.Length, function.Trigger.MaxItemsPerInvocation, TimeProvider.System.GetElapsedTime(began));
        await Task.Delay(pause, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static TimeSpan? Given(int milliseconds) => milliseconds > 0 ? TimeSpan.FromMilliseconds(milliseconds) : null;
}
