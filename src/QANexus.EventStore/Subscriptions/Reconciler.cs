using QANexus.EventStore.Failures;

namespace QANexus.EventStore.Subscriptions;

/// <summary>
/// The guarantee that depends on no trigger: reads the whole change feed itself, some minutes behind and never ahead of a group's trigger, and rings
/// every commit's doorbell once more. What was handled costs a look at its checkpoint; what a trigger lost is handled now.
/// </summary>
public sealed class Reconciler
{
    private const int PageSize = 100;

    private readonly IReadOnlyList<ILaneSet> groups;
    private readonly ICommitFeed feed;
    private readonly ITriggerProgress triggers;
    private readonly IReconcilerStates states;
    private readonly DeliveryEngine engine;
    private readonly DeliveryServices services;
    private readonly ParkedMeasurement parked;

    internal Reconciler(
        IEnumerable<ILaneSet> groups, ICommitFeed feed, ITriggerProgress triggers, IReconcilerStates states, DeliveryEngine engine, DeliveryServices services,
        ParkedMeasurement parked)
    {
        (this.groups, this.feed, this.triggers, this.states) = ([.. groups], feed, triggers, states);
        (this.engine, this.services, this.parked) = (engine, services, parked);
    }

    /// <summary>Reports how many streams are parked, and goes on where the last run ended, for at most <see cref="SubscriptionOptions.TimePerRun"/>.</summary>
    /// <exception cref="StoreThrottledException">No request units are left; the next run goes on from the last page that was finished.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer; as above.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var failures = new FailureList();
        var started = services.Time.GetTimestamp();
        try
        {
            await parked.MeasureAsync(cancellationToken);
        }
        catch (EventStoreException failure)
        {
            failures.Add(failure);
        }

        foreach (var group in groups)
        {
            try
            {
                await RunAsync(group, started, cancellationToken);
            }
            catch (EventStoreException failure)
            {
                failures.Add(failure);
            }
        }

        failures.ThrowFirst();
    }

    private async Task RunAsync(ILaneSet group, long started, CancellationToken cancellationToken)
    {
        var state = await states.LoadAsync(group.Name, cancellationToken);
        var ranges = state.Continuations.Count > 0 ? [.. state.Continuations.Keys] : await feed.RangesAsync(cancellationToken);
        foreach (var range in ranges)
        {
            if (await triggers.ReachedAsync(group.Name, range, cancellationToken) is not { } limit)
            {
                continue;
            }

            while (services.Time.GetElapsedTime(started) < services.Options.TimePerRun)
            {
                var (next, goesOn) = await RunPageAsync(group, range, limit, state, cancellationToken);
                if (next is null)
                {
                    // Another instance is at it.
                    return;
                }

                state = next;
                if (!goesOn)
                {
                    break;
                }
            }
        }
    }

    private async Task<(ReconcilerState? State, bool GoesOn)> RunPageAsync(
        ILaneSet group, string range, long limit, ReconcilerState state, CancellationToken cancellationToken)
    {
        var meter = new DeliveryMeter();
        var continuation = state.Continuations.GetValueOrDefault(range);
        var page = await feed.ReadRangeAsync(range, continuation, PageSize, meter, cancellationToken);
        services.Metrics.Charged(group.Name, meter.Total);
        var horizon = services.Time.GetUtcNow() - services.Options.ReconcileDelay;
        var due = page.Commits.Where(entry => entry.ChangedAt <= horizon && entry.Sequence <= limit).ToList();
        var redelivered = await engine.DeliverAsync(group, due.Select(static entry => entry.ToDoorbell()), cancellationToken);
        if (redelivered > 0)
        {
            services.Metrics.Redelivered(group.Name, redelivered);
            SubscriptionLog.Reconciled(services.Logger, group.Name, redelivered);
        }

        // The place moves by whole pages: what is not due yet comes again, with what was, which by then costs no more than a look.
        var isWhole = due.Count == page.Commits.Count;
        var oldest = isWhole ? (page.IsAtEnd ? services.Time.GetUtcNow() : page.Commits[^1].ChangedAt) : page.Commits.Except(due).Min(static e => e.ChangedAt);
        services.Metrics.Reconciled(group.Name, services.Time.GetUtcNow() - oldest);
        if (!isWhole || page.Continuation == continuation)
        {
            return (state, GoesOn: false);
        }

        return (await states.TrySaveAsync(group.Name, state.With(range, page.Continuation), cancellationToken), GoesOn: !page.IsAtEnd);
    }
}
