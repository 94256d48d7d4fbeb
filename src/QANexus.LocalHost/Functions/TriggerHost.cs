using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using QANexus.EventStore.Cosmos.Schema;
using QANexus.LocalHost.Functions.ChangeFeed;
using QANexus.LocalHost.Functions.Retrying;
using QANexus.LocalHost.Functions.Timers;

namespace QANexus.LocalHost.Functions;

/// <summary>Calls the functions that have no HTTP trigger, from when it is started until it is disposed.</summary>
internal sealed class TriggerHost : IAsyncDisposable
{
    /// <summary>How long calls under way may take to end once they are told to.</summary>
    public static readonly TimeSpan StopTime = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan RestartPause = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource stopping = new();
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly List<(IFunctionListener Listener, Task Run)> running;

    private TriggerHost(IEnumerable<IFunctionListener> listeners, TimeProvider time, ILogger logger)
    {
        (this.time, this.logger) = (time, logger);
        running = [.. listeners.Select(listener => (listener, Task.Run(() => RunAsync(listener))))];
    }

    /// <summary>Returns at once: containers are asked for leases in the background, and asked again until they answer.</summary>
    /// <param name="functions">What to call.</param>
    /// <param name="services">What the functions need, with the clock and the log.</param>
    /// <param name="database">Where the containers are.</param>
    /// <param name="instanceName">
    /// Owner of the leases. A name that a host keeps over a restart spares it the wait until its own leases expire; it must be nobody else's.
    /// </param>
    public static TriggerHost Start(FunctionSet functions, IServiceProvider services, Database database, string instanceName)
    {
        var clock = services.GetRequiredService<TimeProvider>();
        var scopes = services.GetRequiredService<IServiceScopeFactory>();
        var log = services.GetRequiredService<ILoggerFactory>().CreateLogger<TriggerHost>();
        var records = new TimerRecords(database.GetContainer(ContainerNames.Leases));
        return new TriggerHost(
            [
                .. functions.ChangeFeed.Select(function => new ChangeFeedListener(function, database, instanceName, CallOf(function), clock, log)),
                .. functions.Timers.Select(function => new TimerListener(function, records, CallOf(function), clock, log)),
            ],
            clock,
            log);

        RetriedCall CallOf(BackgroundFunction function) => new(function, scopes, clock, log);
    }

    /// <summary>Cancels the calls under way, waits for them, and gives the leases back: another host goes on where this one has stopped.</summary>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await Task.WhenAll(running.Select(StopAsync));
        stopping.Dispose();
    }

    /// <summary>A listener that fails takes nothing else with it, not the host and not its neighbours, and begins again.</summary>
    private async Task RunAsync(IFunctionListener listener)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await listener.RunAsync(stopping.Token);
                return;
            }
            catch (Exception failure)
            {
                if (!stopping.IsCancellationRequested)
                    logger.ListenerFailed(listener.Function.Name, failure);
            }

            await Task.Delay(RestartPause, time, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task StopAsync((IFunctionListener Listener, Task Run) listening)
    {
        try
        {
            await listening.Run.WaitAsync(StopTime, time);
        }
        catch (TimeoutException)
        {
            logger.NotStopped(listening.Listener.Function.Name);
        }
    }
}
