using System.Runtime.CompilerServices;
using QANexus.EventStore.Failures;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;
using QANexus.EventStore.Time;

namespace QANexus.EventStore.Views;

/// <summary>
/// A projection at work on some streams of a tenant. Events of all of them are applied in memory first; then every document that changed is written
/// once, in one batch with the checkpoints, cut between events where a batch would get too large.
/// </summary>
internal sealed class ProjectionSession(
    ProjectionLane lane, TenantId tenant, IReadOnlyDictionary<StreamId, StoredView> carriers, DeliveryMeter meter) : ILaneSession
{
    private readonly ExponentialPause backoff = new(lane.Services.Options.FirstBackoff, lane.Services.Options.MaxBackoff, lane.Services.Time);

    private SubscriptionName Handler => lane.Version.View;

    public LanePosition PositionOf(StreamId stream)
    {
        var checkpoint = CheckpointOf(stream);
        var entry = checkpoint.Find(Handler);
        return new LanePosition(entry?.Position ?? checkpoint.Position, entry?.Parking is not null, entry is { Parking: null } ? entry.Revisions : []);
    }

    public async Task<IReadOnlyDictionary<StreamId, LaneOutcome>> DeliverAsync(
        IReadOnlyList<StreamDelivery> deliveries, CancellationToken cancellationToken)
    {
        var plans = new List<StreamPlan>(deliveries.Count);
        foreach (var delivery in deliveries)
        {
            plans.Add(await PlanAsync(delivery, cancellationToken));
        }

        var documents = new ViewDocuments(lane, tenant, meter);
        await documents.LoadAsync(
            carriers.Where(carrier => plans.Exists(plan => plan.Delivery.Stream == carrier.Key)).Select(static carrier => carrier.Value),
            plans.SelectMany(static plan => plan.Steps).SelectMany(static step => step.Targets), cancellationToken);
        var outcomes = new Dictionary<StreamId, LaneOutcome>();
        foreach (var plan in plans)
        {
            await RunAsync(plan, documents, cancellationToken);
        }

        await documents.SaveAsync(cancellationToken);
        foreach (var plan in plans)
        {
            outcomes[plan.Delivery.Stream] = documents.IsLost(plan.Delivery.Stream)
                ? LaneOutcome.Conflict
                : new LaneOutcome(IsConflict: false, plan.Progress.Parking is not null, plan.Progress.Position.Commit);
        }

        return outcomes;
    }

    private StreamCheckpoint CheckpointOf(StreamId stream) => carriers[stream].Checkpoint ?? StreamCheckpoint.Start;

    /// <summary>Every event to be applied, upcast, with the documents that it changes; the first that fails ends the list.</summary>
    private async Task<StreamPlan> PlanAsync(StreamDelivery delivery, CancellationToken cancellationToken)
    {
        var checkpoint = CheckpointOf(delivery.Stream);
        var entry = checkpoint.Find(Handler);
        var plan = new StreamPlan(delivery, checkpoint, new HandlerProgress(entry?.Position ?? checkpoint.Position, entry))
        {
            Entry = carriers[delivery.Stream].Entry is { } kept ? lane.Projection.RollUp?.Read(kept) : null,
        };
        foreach (var commit in plan.RevisionsToApply(lane.Projection.KeepsEventData))
        {
            await PlanRevisionAsync(plan, commit, cancellationToken);
        }

        if (plan.IsFoldedAgain && lane.Projection.RollUp is { } rollUp)
        {
            plan.Steps.Add(await PrepareFoldAgainAsync(plan, rollUp, cancellationToken));
        }

        if (plan.Progress.Parking is not null)
        {
            return plan;
        }

        foreach (var commit in delivery.Commits)
        {
            if (commit.Stored.Damage is { } damage && commit.Number > plan.Progress.Position.Commit)
            {
                plan.Steps.Add(new ProjectionStep(commit, Index: 0, [], [], damage));
                return plan;
            }

            for (var index = plan.Progress.DoneOf(commit.Number); index < commit.Stored.Events.Count; index++)
            {
                if (lane.Interest.Takes(commit.Stored.Events[index].Type))
                {
                    var step = await PrepareAsync(plan, commit, index, isRevision: false, cancellationToken);
                    plan.Steps.Add(step);
                    if (step.Failure is not null)
                    {
                        return plan;
                    }
                }
            }
        }

        return plan;
    }

    private async Task PlanRevisionAsync(StreamPlan plan, CommitDelivery commit, CancellationToken cancellationToken)
    {
        plan.Progress.Owe(commit.Number);
        if (lane.Projection.IsPerStream || lane.Projection.RollUp is not null)
        {
            plan.IsFoldedAgain = true;
            return;
        }

        for (var index = 0; index < commit.Stored.Events.Count; index++)
        {
            if (commit.Stored.Events[index].Redaction is not null && lane.Interest.Takes(commit.Stored.Events[index].Type))
            {
                plan.Steps.Add(await PrepareAsync(plan, commit, index, isRevision: true, cancellationToken));
            }
        }
    }

    private async Task<ProjectionStep> PrepareAsync(
        StreamPlan plan, CommitDelivery commit, int index, bool isRevision, CancellationToken cancellationToken)
    {
        try
        {
            var parts = (await UpcastAsync(commit, index, cancellationToken)).ToList();
            return lane.Projection.RollUp is { } rollUp
                ? StepOf(plan, rollUp, commit, index, parts.LastOrDefault(), parts.Aggregate(plan.Entry, rollUp.Evolve))
                : StepOf(commit, index, [.. parts.SelectMany(part => ChangesOf(part, isRevision))], isRevision);
        }
        catch (Exception failure) when (!StoreFailure.Is(failure) && !cancellationToken.IsCancellationRequested)
        {
            return new ProjectionStep(commit, index, [], [], failure) { IsRevision = isRevision };
        }
    }

    private static ProjectionStep StepOf(CommitDelivery commit, int index, List<ProjectionChange> changes, bool isRevision) =>
        new(commit, index, changes, DocumentsOf(changes), Failure: null) { IsRevision = isRevision };

    private IEnumerable<ProjectionChange> ChangesOf(RecordedEvent part, bool isRevision) =>
        lane.Projection.TargetsOf(part).Distinct().Select(target => new ProjectionChange(
            part, target, document => isRevision ? lane.Projection.Remove(target, document, part) : lane.Projection.Change(target, document, part)));

    /// <summary>What the change of a stream's entry does; the next step goes on from there.</summary>
    private static ProjectionStep StepOf(StreamPlan plan, IRollUp rollUp, CommitDelivery commit, int index, RecordedEvent? last, object? entry)
    {
        List<ProjectionChange> changes = last is null
            ? []
            : [.. rollUp.ChangesOf(plan.Delivery.Stream, plan.Entry, entry).Select(change => new ProjectionChange(last, change.Target, change.Apply))];
        var step = new ProjectionStep(commit, index, changes, DocumentsOf(changes), Failure: null) { Entry = entry };
        plan.Entry = entry;
        return step;
    }

    /// <summary>The documents of one event, each once.</summary>
    /// <exception cref="InvalidOperationException">They are too many.</exception>
    private static List<ViewId> DocumentsOf(IReadOnlyList<ProjectionChange> changes)
    {
        var targets = changes.Select(static change => change.Target).Distinct().ToList();
        // One place is the checkpoint's.
        return targets.Count < IViewStore.MaxDocuments - 1
            ? targets
            : throw new InvalidOperationException($"The event changes {targets.Count} documents, more than fit into one write.");
    }

    /// <summary>A roll-up's entry anew, from the first event to the checkpoint, now that some have lost their data.</summary>
    private async Task<ProjectionStep> PrepareFoldAgainAsync(StreamPlan plan, IRollUp rollUp, CancellationToken cancellationToken)
    {
        var revision = plan.Delivery.Revisions[0];
        try
        {
            var fold = new StreamFold(lane, rollUp.Evolve);
            await foreach (var commit in ReadAgainAsync(plan, cancellationToken))
            {
                await fold.AddAsync(commit, plan.Progress.Position, cancellationToken);
            }

            return StepOf(plan, rollUp, revision, index: 0, revision.Stored.Events[0], fold.Result) with { IsRevision = true };
        }
        catch (Exception failure) when (!StoreFailure.Is(failure) && !cancellationToken.IsCancellationRequested)
        {
            return new ProjectionStep(revision, Index: 0, [], [], failure) { IsRevision = true };
        }
    }

    /// <summary>The commits of interest from the first one to the checkpoint.</summary>
    private async IAsyncEnumerable<CommitDelivery> ReadAgainAsync(StreamPlan plan, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (key, end) = (new StreamKey(tenant, plan.Delivery.Stream), plan.Progress.Position);
        var lastCommit = end.Index > 0 ? end.Commit + 1 : end.Commit;
        for (var after = 0L; after < lastCommit;)
        {
            var range = await lane.Services.Commits.ReadRangeAsync(key, after, lastCommit, lane.Interest, meter, cancellationToken);
            foreach (var commit in range.Commits)
            {
                yield return new CommitDelivery(commit, lane.Services.Upcaster);
            }

            after = range.UpTo;
        }
    }

    /// <summary>Only upcasting can fail in passing, by a look-up of its own.</summary>
    private async Task<IEnumerable<RecordedEvent>> UpcastAsync(CommitDelivery commit, int index, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var parts = await commit.PartsAsync(index, cancellationToken);
                return lane.Wanted is null ? parts : parts.Where(part => lane.Wanted.Contains(part.Type));
            }
            catch (UpcastingFailedException) when (attempt < lane.Services.Options.MaxAttempts)
            {
                lane.Services.Metrics.Retried(SubscriptionGroups.Views, Handler);
                await backoff.WaitAsync(attempt, cancellationToken);
            }
        }
    }

    private async Task RunAsync(StreamPlan plan, ViewDocuments documents, CancellationToken cancellationToken)
    {
        if (plan.IsFoldedAgain && lane.Projection.IsPerStream)
        {
            await FoldAgainAsync(plan, documents, cancellationToken);
        }

        foreach (var step in plan.Steps)
        {
            if (!step.IsRevision && plan.Progress.Parking is not null)
            {
                break;
            }

            await documents.MakeRoomAsync(plan.Delivery.Stream, step.Targets, cancellationToken);
            if (!Apply(plan, step, documents))
            {
                break;
            }

            if (lane.Projection.RollUp is { } rollUp)
            {
                documents.KeepEntry(plan.Delivery.Stream, step.Entry is { } entry ? rollUp.Write(entry) : null);
            }

            if (!step.IsRevision)
            {
                plan.Progress.Position = EventPosition.Before(step.Commit.Number, step.Index + 1);
                plan.Version = step.Commit.Stored.Events[step.Index].Version;
                documents.Keep(plan.Delivery.Stream, plan.ToCheckpoint(Handler));
            }
        }

        plan.PayRevisions();
        if (plan.Progress.Parking is null)
        {
            plan.Progress.Position = EventPosition.Max(plan.Progress.Position, EventPosition.After(plan.Delivery.UpTo));
        }

        documents.Keep(plan.Delivery.Stream, plan.ToCheckpoint(Handler));
    }

    private bool Apply(StreamPlan plan, ProjectionStep step, ViewDocuments documents)
    {
        var failure = step.Failure;
        if (failure is null)
        {
            try
            {
                documents.Apply(step);
                if (!step.IsRevision)
                {
                    lane.Services.Metrics.Handled(
                        SubscriptionGroups.Views, Handler, lane.Services.Time.GetUtcNow() - step.Commit.Stored.Events[step.Index].StoredAt);
                }

                return true;
            }
            catch (Exception exception)
            {
                failure = exception;
            }
        }

        if (!step.IsRevision)
        {
            plan.Progress.Position = EventPosition.Max(plan.Progress.Position, EventPosition.Before(step.Commit.Number, step.Index));
        }

        Park(plan, step.Commit, step.Commit.Stored.Damage is null ? step.Commit.Stored.Events[step.Index] : null, failure, step.IsRevision);
        return false;
    }

    /// <summary>Builds a stream's document anew from its first event to the checkpoint, now that some have lost their data.</summary>
    private async Task FoldAgainAsync(StreamPlan plan, ViewDocuments documents, CancellationToken cancellationToken)
    {
        var id = lane.Projection.TargetOf(plan.Delivery.Stream);
        var fold = new StreamFold(lane, (document, e) => lane.Projection.Change(id, document, e));
        CommitDelivery? at = null;
        try
        {
            await foreach (var commit in ReadAgainAsync(plan, cancellationToken))
            {
                at = commit;
                await fold.AddAsync(at, plan.Progress.Position, cancellationToken);
            }

            documents.Replace(plan.Delivery.Stream, fold.Result, fold.Through);
        }
        catch (Exception failure) when (!StoreFailure.Is(failure) && !cancellationToken.IsCancellationRequested)
        {
            Park(plan, at ?? plan.Delivery.Revisions[0], stored: null, failure, isRevision: true);
        }
    }

    private void Park(StreamPlan plan, CommitDelivery commit, RecordedEvent? stored, Exception failure, bool isRevision)
    {
        plan.HasFailedRevision |= isRevision;
        plan.Progress.Park(Parked.Create(
            isRevision && stored is null ? plan.Delivery.Revisions[0].Number : commit.Number, stored, attempts: 1, failure,
            lane.Services.Time.GetUtcNow(), plan.Progress.Earlier, isRevision));
        lane.Services.Metrics.Parked(SubscriptionGroups.Views, Handler);
        SubscriptionLog.StreamParked(lane.Logger, Handler, tenant, plan.Delivery.Stream, commit.Number, failure);
    }
}
