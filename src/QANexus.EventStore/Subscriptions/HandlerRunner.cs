using System.Diagnostics;
using Microsoft.Extensions.Logging;
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
    /// <summary>Events of several streams in one call, about: it has the time of one attempt.</summary>
    private const int MaxTogether = 500;

    private readonly ExponentialPause backoff = new(options.FirstBackoff, options.MaxBackoff, time);
    private readonly SubscriberCalls calls = new(group, subscriber, options, metrics, time, logger);

    public SubscriptionName Name { get; } = subscriber.Name;

    /// <summary>The stored types that it may take something from.</summary>
    public EventInterest Interest { get; } = EventInterest.In(subscriber.EventTypes, catalog);

    /// <summary>Whether a stream is its business at all.</summary>
    public bool Takes(StreamId stream) => subscriber.Takes(stream.AggregateType);

    /// <summary>
    /// Hands the events of several streams over together, to a subscriber that takes them so. Streams where anything else than new events is to be told
    /// are left out, and all of them where the call fails: their turn comes one by one.
    /// </summary>
    /// <returns>The streams of which everything is handled.</returns>
    public async Task<IReadOnlySet<StreamId>> RunTogetherAsync(
        TenantId tenant, IEnumerable<(StreamDelivery Delivery, StreamCheckpoint Before)> streams, CancellationToken cancellationToken)
    {
        var handled = new HashSet<StreamId>();
        if (!calls.SpansStreams)
        {
            return handled;
        }

        try
        {
            foreach (var together in Together(streams))
            {
                if (!cancellationToken.IsCancellationRequested && together.Count > 1
                    && await calls.TryAllAsync(tenant, [.. together.SelectMany(static stream => stream.Events)], cancellationToken))
                {
                    handled.UnionWith(together.Select(static stream => stream.Stream));
                }
            }
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            // What was handled before is saved; the turn of each stream tells that there is no time for the rest.
        }

        return handled;
    }

    /// <param name="tenant">Whose stream it is.</param>
    /// <param name="delivery">What is new in it.</param>
    /// <param name="entry">The handler's own place, where it has one.</param>
    /// <param name="start">How far the handler has come.</param>
    /// <param name="isHandled">It has handled all of that together with other streams.</param>
    /// <param name="cancellationToken">Gives up between events.</param>
    public async Task<HandlerResult> RunAsync(
        TenantId tenant, StreamDelivery delivery, HandlerCheckpoint? entry, EventPosition start, bool isHandled, CancellationToken cancellationToken)
    {
        if (isHandled || !Takes(delivery.Stream))
        {
            // Whatever an earlier build of it has left in a stream that it does not take is nobody's any more.
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

    /// <summary>Streams with nothing but new events, as many together as make one call.</summary>
    private IEnumerable<List<(StreamId Stream, List<StoredEventOfCommit> Events)>> Together(
        IEnumerable<(StreamDelivery Delivery, StreamCheckpoint Before)> streams)
    {
        var (together, count) = (new List<(StreamId, List<StoredEventOfCommit>)>(), 0);
        foreach (var (delivery, before) in streams)
        {
            var entry = before.Find(Name);
            if (!Takes(delivery.Stream) || entry is { Parking: not null } or { Revisions.Count: > 0 } || delivery.Revisions.Count > 0 || !IsPlain(delivery))
            {
                continue;
            }

            var events = PendingOf(delivery, new HandlerProgress(entry?.Position ?? before.Position, entry));
            if (together.Count > 0 && count + events.Count > MaxTogether)
            {
                yield return together;
                (together, count) = ([], 0);
            }

            together.Add((delivery.Stream, events));
            count += events.Count;
        }

        yield return together;
    }

    /// <summary>Whether all there is to it are events that were never handed out.</summary>
    private static bool IsPlain(StreamDelivery delivery) =>
        delivery.Commits.All(static commit => commit.Stored.Damage is null && commit.Stored.Revision == 0);

    private List<StoredEventOfCommit> PendingOf(StreamDelivery delivery, HandlerProgress run) =>
    [
        .. delivery.Commits.SelectMany(commit => Enumerable.Range(0, commit.Stored.Events.Count).Skip(run.DoneOf(commit.Number))
            .Where(index => Interest.Takes(commit.Stored.Events[index].Type)).Select(index => new StoredEventOfCommit(commit, index))),
    ];

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
        if (IsPlain(delivery) && await calls.TryAllAsync(tenant, PendingOf(delivery, run), cancellationToken))
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
                await calls.CallAsync(tenant, commit, index, attempt, isRevision, cancellationToken);
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
