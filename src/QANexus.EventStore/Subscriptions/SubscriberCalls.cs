using System.Diagnostics;
using Microsoft.Extensions.Logging;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;

namespace QANexus.EventStore.Subscriptions;

/// <summary>Calls of one subscriber, each limited in time: with one event, or with many at once where it takes them so.</summary>
internal sealed class SubscriberCalls(
    SubscriptionName group, IEventSubscriber subscriber, SubscriptionOptions options, SubscriptionMetrics metrics, TimeProvider time, ILogger logger)
{
    private readonly HashSet<EventType>? wanted = subscriber.EventTypes?.ToHashSet();

    /// <summary>Whether one call may hold events of several streams.</summary>
    public bool SpansStreams { get; } = subscriber is IEventBatchSubscriber { SpansStreams: true };

    /// <summary>One attempt with one stored event: every part of it that the subscriber takes, in order.</summary>
    public Task CallAsync(
        TenantId tenant, CommitDelivery commit, int index, int attempt, bool isRevision, CancellationToken cancellationToken) => LimitAsync(
            async limited =>
            {
                foreach (var delivery in await DeliveriesOfAsync(tenant, commit, index, attempt, limited))
                {
                    await (isRevision ? subscriber.OnRedactedAsync(delivery, limited) : subscriber.HandleAsync(delivery, limited)).WaitAsync(limited);
                }
            },
            cancellationToken);

    /// <summary>Hands over all of these in one call. Whatever stands in the way of that is left to the way of one event after the other.</summary>
    /// <returns>Whether they were handled. One event is not worth a call of this kind.</returns>
    public async Task<bool> TryAllAsync(TenantId tenant, IReadOnlyList<StoredEventOfCommit> events, CancellationToken cancellationToken)
    {
        if (events.Count < 2 || subscriber is not IEventBatchSubscriber batching)
        {
            return false;
        }

        var stored = events.Select(static e => e.Stored).ToList();
        using var activity = SubscriptionTracing.StartDelivery(group, subscriber.Name, stored);
        try
        {
            await LimitAsync(
                async limited =>
                {
                    var deliveries = new List<EventDelivery>(events.Count);
                    foreach (var (commit, index) in events)
                    {
                        deliveries.AddRange(await DeliveriesOfAsync(tenant, commit, index, attempt: 1, limited));
                    }

                    await batching.HandleAsync(deliveries, limited).WaitAsync(limited);
                },
                cancellationToken);
            stored.ForEach(e => metrics.Handled(group, subscriber.Name, time.GetUtcNow() - e.StoredAt));
            return true;
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            activity?.SetStatus(ActivityStatusCode.Error, failure.Message);
            metrics.Retried(group, subscriber.Name);
            SubscriptionLog.HandlerFailed(logger, subscriber.Name, stored[0].Stream, stored[0].Version, attempt: 1, failure);
            return false;
        }
    }

    /// <summary>What the subscriber takes of a stored event: itself, or parts of it.</summary>
    private async Task<IReadOnlyList<EventDelivery>> DeliveriesOfAsync(
        TenantId tenant, CommitDelivery commit, int index, int attempt, CancellationToken cancellationToken)
    {
        var parts = await commit.PartsAsync(index, cancellationToken);
        return
        [
            .. parts.Select((part, n) => new EventDelivery
            {
                Handler = subscriber.Name, Tenant = tenant, Event = part, Part = parts.Count == 1 ? 0 : n + 1, Attempt = attempt,
            }).Where(delivery => wanted is null || wanted.Contains(delivery.Event.Type)),
        ];
    }

    private async Task LimitAsync(Func<CancellationToken, Task> action, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.HandlerTimeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            await action(linked.Token);
        }
        catch (OperationCanceledException late) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"It took longer than {options.HandlerTimeout.TotalSeconds:0.###} s.", late);
        }
    }
}

/// <summary>An event by its place in a delivered commit.</summary>
internal readonly record struct StoredEventOfCommit(CommitDelivery Commit, int Index)
{
    public RecordedEvent Stored => Commit.Stored.Events[Index];
}
