using System.Diagnostics;
using Microsoft.Extensions.Logging;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Time;
using QANexus.EventStore.Upcasting;

namespace QANexus.EventStore.Subscriptions;

/// <summary>Hands the events of one stream to one subscriber, in order: each with a bounded number of attempts, after which the stream is parked for it.</summary>
internal sealed class HandlerRunner(
    SubscriptionName group, IEventSubscriber subscriber, EventCatalog catalog, SubscriptionOptions options, SubscriptionMetrics metrics,
    TimeProvider time, ILogger logger)
{
    private readonly ExponentialPause backoff = new(options.FirstBackoff, options.MaxBackoff, time);
    private readonly HashSet<EventType>? wanted = subscriber.EventTypes?.ToHashSet();

    public SubscriptionName Name { get; } = subscriber.Name;

    /// <summary>The stored types that it may take something from.</summary>
    public EventInterest Interest { get; } = EventInterest.In(subscriber.EventTypes, catalog);

    /// <summary>Whether a stream is its business at all.</summary>
    public bool Takes(StreamId stream) => subscriber.Takes(stream.AggregateType);

    /// <param name="tenant">Whose stream it is.</param>
    /// <param name="delivery">What is new in it.</param>
    /// <param name="entry">The handler's own place, where it has one.</param>
    /// <param name="start">How far the handler has come.</param>
    /// <param name="cancellationToken">Gives up between events.</param>
    public async Task<HandlerResult> RunAsync(
        TenantId tenant, StreamDelivery delivery, HandlerCheckpoint? entry, EventPosition start, CancellationToken cancellationToken)
    {
        if (!Takes(delivery.Stream))
        {
            // Whatever an earlier build of it has left there is nobody's any more.
            return new HandlerResult(EventPosition.Max(start, EventPosition.After(delivery.UpTo)), Entry: null, Interruption: null);
        }

        var run = new HandlerProgress(start, entry);
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            await RunRevisionsAsync(tenant, delivery, run, cancellationToken);
            if (run.Parking is null)
            {
                await RunCommitsAsync(tenant, delivery, run, cancellationToken);
            }
        }
        catch (Exception failure) when (StoreFailure.Is(failure) || cancellationToken.IsCancellationRequested)
        {
            return new HandlerResult(run.Position, run.ToEntry(Name), failure);
        }

        return new HandlerResult(run.Position, run.ToEntry(Name), Interruption: null);
    }

    /// <summary>What was redacted after the handler had passed it, and what it still owes. A parked handler is given these too: they do not wait.</summary>
    private async Task RunRevisionsAsync(TenantId tenant, StreamDelivery delivery, HandlerProgress run, CancellationToken cancellationToken)
    {
        foreach (var commit in delivery.Revisions.Where(commit => commit.Number <= run.Position.Commit || run.DoneOf(commit.Number) > 0))
        {
            run.Owe(commit.Number);
            if (await RunRevisionAsync(tenant, commit, run, cancellationToken))
            {
                run.Pay(commit.Number);
            }
        }
    }

    private async Task RunCommitsAsync(TenantId tenant, StreamDelivery delivery, HandlerProgress run, CancellationToken cancellationToken)
    {
        if (subscriber is IEventBatchSubscriber batching && await TryAllAsync(batching, tenant, delivery, run, cancellationToken))
        {
            run.Position = EventPosition.Max(run.Position, EventPosition.After(delivery.UpTo));
            return;
        }

        foreach (var commit in delivery.Commits)
        {
            if (commit.Stored.Damage is { } damage && commit.Number > run.Position.Commit)
            {
                Park(commit, stored: null, attempts: 1, damage, run, tenant, isRevision: false);
                return;
            }

            for (var index = run.DoneOf(commit.Number); index < commit.Stored.Events.Count; index++)
            {
                if (Interest.Takes(commit.Stored.Events[index].Type) && !await TryAsync(tenant, commit, index, run, isRevision: false, cancellationToken))
                {
                    return;
                }

                run.Position = EventPosition.Before(commit.Number, index + 1);
            }

            if (commit.Number > run.Position.Commit)
            {
                run.Position = EventPosition.After(commit.Number);
                if (commit.Stored.Revision > 0 && !await RunRevisionAsync(tenant, commit, run, cancellationToken))
                {
                    run.Owe(commit.Number);
                    return;
                }
            }
        }

        run.Position = EventPosition.Max(run.Position, EventPosition.After(delivery.UpTo));
    }

    /// <summary>Hands over everything at once. Whatever stands in the way of that is left to the way of one event after the other.</summary>
    private async Task<bool> TryAllAsync(
        IEventBatchSubscriber batching, TenantId tenant, StreamDelivery delivery, HandlerProgress run, CancellationToken cancellationToken)
    {
        if (delivery.Commits.Any(static commit => commit.Stored.Damage is not null || commit.Stored.Revision > 0))
        {
            return false;
        }

        var events = delivery.Commits.SelectMany(commit => Enumerable.Range(0, commit.Stored.Events.Count).Skip(run.DoneOf(commit.Number))
            .Where(index => Interest.Takes(commit.Stored.Events[index].Type)).Select(index => (Commit: commit, Index: index))).ToList();
        if (events.Count < 2)
        {
            return false;
        }

        var stored = events.ConvertAll(static e => e.Commit.Stored.Events[e.Index]);
        using var activity = SubscriptionTracing.StartDelivery(group, Name, stored);
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
            stored.ForEach(e => metrics.Handled(group, Name, time.GetUtcNow() - e.StoredAt));
            return true;
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            activity?.SetStatus(ActivityStatusCode.Error, failure.Message);
            metrics.Retried(group, Name);
            SubscriptionLog.HandlerFailed(logger, Name, stored[0].Stream, stored[0].Version, attempt: 1, failure);
            return false;
        }
    }

    /// <returns>False where it failed, which parks the handler.</returns>
    private async Task<bool> RunRevisionAsync(TenantId tenant, CommitDelivery commit, HandlerProgress run, CancellationToken cancellationToken)
    {
        for (var index = 0; index < commit.Stored.Events.Count; index++)
        {
            if (commit.Stored.Events[index] is { Redaction: not null } stored && Interest.Takes(stored.Type)
                && !await TryAsync(tenant, commit, index, run, isRevision: true, cancellationToken))
            {
                return false;
            }
        }

        return true;
    }

    /// <returns>False where every attempt failed; the handler is parked then.</returns>
    private async Task<bool> TryAsync(
        TenantId tenant, CommitDelivery commit, int index, HandlerProgress run, bool isRevision, CancellationToken cancellationToken)
    {
        var stored = commit.Stored.Events[index];
        using var activity = SubscriptionTracing.StartDelivery(group, Name, [stored]);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await AttemptAsync(tenant, commit, index, attempt, isRevision, cancellationToken);
                metrics.Handled(group, Name, time.GetUtcNow() - stored.StoredAt);
                return true;
            }
            catch (Exception) when (cancellationToken.IsCancellationRequested)
            {
                throw;
            }
            catch (Exception failure) when (StoreFailure.Is(failure) && attempt >= options.MaxAttempts)
            {
                throw;
            }
            catch (Exception failure) when (attempt >= options.MaxAttempts)
            {
                activity?.SetStatus(ActivityStatusCode.Error, failure.Message);
                Park(commit, stored, attempt, failure, run, tenant, isRevision);
                return false;
            }
            catch (Exception failure)
            {
                metrics.Retried(group, Name);
                SubscriptionLog.HandlerFailed(logger, Name, stored.Stream, stored.Version, attempt, failure);
            }

            await backoff.WaitAsync(attempt, cancellationToken);
        }
    }

    private Task AttemptAsync(
        TenantId tenant, CommitDelivery commit, int index, int attempt, bool isRevision, CancellationToken cancellationToken) => LimitAsync(
            async limited =>
            {
                foreach (var delivery in await DeliveriesOfAsync(tenant, commit, index, attempt, limited))
                {
                    await (isRevision ? subscriber.OnRedactedAsync(delivery, limited) : subscriber.HandleAsync(delivery, limited)).WaitAsync(limited);
                }
            },
            cancellationToken);

    /// <summary>What the handler takes of a stored event: itself, or parts of it.</summary>
    private async Task<IReadOnlyList<EventDelivery>> DeliveriesOfAsync(
        TenantId tenant, CommitDelivery commit, int index, int attempt, CancellationToken cancellationToken)
    {
        var parts = await commit.PartsAsync(index, cancellationToken);
        return
        [
            .. parts.Select((part, n) => new EventDelivery
            {
                Handler = Name, Tenant = tenant, Event = part, Part = parts.Count == 1 ? 0 : n + 1, Attempt = attempt,
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

    private void Park(
        CommitDelivery commit, RecordedEvent? stored, int attempts, Exception failure, HandlerProgress run, TenantId tenant, bool isRevision)
    {
        run.Park(Parked.Create(commit.Number, stored, attempts, failure, time.GetUtcNow(), run.Earlier, isRevision));
        metrics.Parked(group, Name);
        SubscriptionLog.StreamParked(logger, Name, tenant, commit.Stored.Address.Stream.Stream, commit.Number, failure);
    }
}

/// <summary>How a handler's run over a stream ended.</summary>
/// <param name="Reached">How far it came.</param>
/// <param name="Entry">The place of its own that it has now, if it needs one.</param>
/// <param name="Interruption">What ended it early: the store's failure or a cancellation.</param>
internal sealed record HandlerResult(EventPosition Reached, HandlerCheckpoint? Entry, Exception? Interruption);
