using System.Collections.Concurrent;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Cosmos.Feeds;

/// <summary>
/// Tells those who wait for a tenant's events that this process has just appended some. Only a hint that shortens their wait: what other processes
/// append is found by looking.
/// </summary>
internal sealed class AppendSignals
{
    private readonly ConcurrentDictionary<TenantId, TaskCompletionSource> waiting = new();

    /// <summary>Completed by the tenant's next append. To be asked for before looking, so that no append falls in between.</summary>
    public Task NextAppendOf(TenantId tenant) =>
        waiting.GetOrAdd(tenant, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void Appended(TenantId tenant)
    {
        if (waiting.TryRemove(tenant, out var waiters))
        {
            waiters.SetResult();
        }
    }
}
