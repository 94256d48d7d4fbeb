using System.Threading;
using System.Threading.Tasks;
using Microsoft.Azure.Functions.Worker;
using QANexus.EventStore.Subscriptions;
using QANexus.EventStore.Views;

namespace QANexus.Functions.ChangeFeed;

/// <summary>What goes on beside the triggers, a bounded piece at a time.</summary>
public sealed class MaintenanceFunctions(Reconciler reconciler, ViewRebuilds rebuilds)
{
    [Function("reconcile")]
    public Task Reconcile([TimerTrigger("0 * * * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        reconciler.RunAsync(cancellationToken);

    [Function("rebuild-views")]
    public Task RebuildViews([TimerTrigger("*/5 * * * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        rebuilds.RunAsync(cancellationToken);
}
