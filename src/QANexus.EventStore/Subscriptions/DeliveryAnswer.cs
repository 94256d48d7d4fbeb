using System.Collections.Concurrent;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Time;

namespace QANexus.EventStore.Subscriptions;

/// <summary>The answer to the doorbells of some streams: rounds of looking, reading and delivering, until every lane has reached every target.</summary>
internal sealed class DeliveryAnswer(
    DeliveryServices services, ILaneSet lanes, List<StreamCall> calls, DeliveryMeter meter, FailureList failures)
{
    private static readonly TimeSpan RetryAfterConflicts = TimeSpan.FromSeconds(1);

    private static readonly Dictionary<StreamId, LaneOutcome> NoOutcomes = [];

    private readonly ExponentialPause backoff = new(services.Options.FirstBackoff, services.Options.MaxBackoff, services.Time);

    private long delivered;

    /// <summary>Commits handed to lanes that had not handled them.</summary>
    public long Delivered => Interlocked.Read(ref delivered);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var visits = await FindLanesAsync(cancellationToken);
        for (var conflicts = 0; ;)
        {
            visits = [.. visits.Where(visit => !IsAnsweredFromMemory(visit))];
            if (visits.Count == 0)
            {
                return;
            }

            if (await RunRoundAsync(visits, cancellationToken))
            {
                if (++conflicts >= services.Options.MaxConflicts)
                {
                    failures.Add(new StoreUnavailableException(
                        $"Other deliverers of {lanes.Name} won {conflicts} times in a row.", RetryAfterConflicts));
                    return;
                }

                await backoff.WaitAsync(Math.Min(conflicts, 5), cancellationToken);
            }
        }
    }

    /// <summary>Every pair of a lane and a stream that rang.</summary>
    private async Task<List<Visit>> FindLanesAsync(CancellationToken cancellationToken)
    {
        var visits = new ConcurrentBag<Visit>();
        await ForEachAsync(calls.GroupBy(static call => call.Key.Tenant), async tenant =>
        {
            foreach (var lane in await lanes.LanesForAsync(tenant.Key, cancellationToken))
            {
                foreach (var call in tenant.Where(call => lane.Takes(call.Stream)))
                {
                    visits.Add(new Visit(lane, call));
                }
            }
        }, cancellationToken);
        return [.. visits];
    }

    /// <summary>
    /// Whether nothing is left to do for the lane in this stream, as far as memory tells: it has seen these commits, or they follow without a gap and
    /// are of no interest.
    /// </summary>
    private bool IsAnsweredFromMemory(Visit visit)
    {
        var (lane, call) = (visit.Lane, visit.Call);
        var progress = visit.Progress;
        if (progress.IsDone)
        {
            return true;
        }

        if (call.IsForced || (!progress.HasRevisions && call.Revisions.Any(revision => lane.Interest.TakesAny(revision.EventTypes)))
            || services.Seen.Find(lane, call.Key) is not { } known)
        {
            return false;
        }

        var upTo = known.UpTo;
        foreach (var (number, doorbell) in call.Commits)
        {
            if (number == upTo + 1 && !lane.Interest.TakesAny(doorbell.EventTypes))
            {
                upTo = number;
            }
            else if (number > upTo)
            {
                return false;
            }
        }

        if (upTo > known.UpTo)
        {
            services.Seen.Remember(lane, call.Key, known with { UpTo = upTo });
        }

        return true;
    }

    /// <returns>Whether somebody was in conflict.</returns>
    private async Task<bool> RunRoundAsync(List<Visit> visits, CancellationToken cancellationToken)
    {
        await OpenAsync(visits, cancellationToken);
        var open = visits.Where(static visit => visit.Session is not null).ToList();
        foreach (var visit in open)
        {
            visit.Look(services.Seen);
            services.Metrics.Behind(lanes.Name, Math.Max(0, visit.Call.Target - visit.Known));
        }

        var read = await ReadAsync(open, cancellationToken);
        var conflicts = 0;
        await ForEachAsync(open.Where(static visit => visit.Session is not null).GroupBy(static visit => visit.Session!), async session =>
        {
            if (await DeliverAsync(session.Key, [.. session], read, cancellationToken))
            {
                Interlocked.Increment(ref conflicts);
            }
        }, cancellationToken);
        return conflicts > 0;
    }

    private async Task OpenAsync(List<Visit> visits, CancellationToken cancellationToken) =>
        await ForEachAsync(visits.GroupBy(static visit => (visit.Lane, visit.Call.Key.Tenant)), async group =>
        {
            var ofLane = group.ToList();
            ofLane.ForEach(static visit => visit.Session = null);
            try
            {
                var session = await group.Key.Lane.OpenAsync(
                    group.Key.Tenant, [.. ofLane.Select(static visit => visit.Call.Stream)], meter, cancellationToken);
                ofLane.ForEach(visit => visit.Session = session);
            }
            catch (EventStoreException failure)
            {
                GiveUp(ofLane, failure);
            }
        }, cancellationToken);

    private async Task<RoundReads> ReadAsync(List<Visit> visits, CancellationToken cancellationToken)
    {
        var reads = new RoundReads(visits, services.Upcaster, services.Options.CommitsPerRound);
        var ranges = ForEachAsync(reads.Ranges, async range =>
        {
            try
            {
                range.Found = await services.Commits.ReadRangeAsync(range.Stream, range.After, range.UpTo, range.Interest, meter, cancellationToken);
            }
            catch (EventStoreException failure)
            {
                GiveUp([.. visits.Where(visit => visit.Call.Key == range.Stream)], failure);
            }
        }, cancellationToken);
        try
        {
            if (reads.Addresses.Count > 0)
            {
                reads.Add(await services.Commits.ReadAsync(reads.Addresses, meter, cancellationToken));
            }
        }
        catch (EventStoreException failure)
        {
            GiveUp([.. visits.Where(visit => reads.AreDirect(visit))], failure);
        }

        await ranges;
        reads.Complete();
        foreach (var missing in reads.Missing())
        {
            SubscriptionLog.CommitMissing(services.Logger, lanes.Name, missing.Stream, missing.Number);
        }

        return reads;
    }

    /// <returns>Whether a stream was in conflict.</returns>
    private async Task<bool> DeliverAsync(ILaneSession session, List<Visit> visits, RoundReads read, CancellationToken cancellationToken)
    {
        var deliveries = visits.Where(static visit => !visit.Progress.IsDone).Select(visit => (Visit: visit, Delivery: read.For(visit)!))
            .Where(static pair => pair.Delivery is not null).ToList();
        var worth = deliveries.Select(static pair => pair.Delivery).Where(static d => d.Commits.Count > 0 || d.Revisions.Count > 0).ToList();
        try
        {
            var outcomes = worth.Count > 0 ? await session.DeliverAsync(worth, cancellationToken) : NoOutcomes;
            foreach (var (visit, delivery) in deliveries)
            {
                Conclude(visit, delivery, outcomes.TryGetValue(visit.Call.Stream, out var outcome) ? outcome : null);
            }

            return outcomes.Values.Any(static outcome => outcome.IsConflict);
        }
        catch (EventStoreException failure)
        {
            GiveUp(visits, failure);
            return false;
        }
    }

    private void Conclude(Visit visit, StreamDelivery delivery, LaneOutcome? outcome)
    {
        var (lane, call, progress) = (visit.Lane, visit.Call, visit.Progress);
        if (outcome is { IsConflict: true })
        {
            progress.Reached = 0;
            services.Seen.Forget(lane, call.Key);
            return;
        }

        Interlocked.Add(ref delivered, delivery.Commits.Count);
        progress.HasRevisions = true;
        if (outcome?.IsBlocked ?? visit.Position.IsBlocked)
        {
            progress.IsDone = true;
            services.Seen.Forget(lane, call.Key);
            return;
        }

        var checkpoint = outcome?.Saved ?? visit.Position.From.Commit;
        progress.Reached = Math.Max(delivery.UpTo, progress.Reached);
        progress.IsDone = progress.Reached >= call.Target;
        services.Seen.Remember(lane, call.Key, new SeenCommits.Seen(checkpoint, Math.Max(progress.Reached, visit.Known)));
    }

    /// <summary>The store failed these: they are left out of the rest, and the failure is thrown at the end.</summary>
    private void GiveUp(IReadOnlyList<Visit> visits, EventStoreException failure)
    {
        failures.Add(failure);
        foreach (var visit in visits)
        {
            visit.Progress.IsDone = true;
            visit.Session = null;
            services.Seen.Forget(visit.Lane, visit.Call.Key);
        }
    }

    private Task ForEachAsync<T>(IEnumerable<T> items, Func<T, Task> action, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        items,
        new ParallelOptions { MaxDegreeOfParallelism = services.Options.MaxParallelism, CancellationToken = cancellationToken },
        async (item, _) => await action(item));
}
