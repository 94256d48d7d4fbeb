using System.Diagnostics;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;

namespace QANexus.EventStore.Views;

/// <summary>
/// A projection at work on some streams of a tenant. Events of all of them are applied in memory first; then every document that changed is written
/// once, in one batch with the checkpoints, cut between events where a batch would get too large.
/// </summary>
internal sealed class ProjectionSession(
    ProjectionLane lane, TenantId tenant, IReadOnlyDictionary<StreamId, StoredView> carriers, DeliveryMeter meter) : ILaneSession
{
    private readonly ProjectionPlanner planner = new(lane, tenant, meter);

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
        using var activity = SubscriptionTracing.StartProjection(Handler, deliveries);
        var plans = new List<StreamPlan>(deliveries.Count);
        foreach (var delivery in deliveries)
        {
            plans.Add(await planner.PlanAsync(delivery, carriers[delivery.Stream], cancellationToken));
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

            if (lane.Projection.RollUp is not null)
            {
                documents.KeepEntry(plan.Delivery.Stream, step.Entry);
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
            await foreach (var commit in planner.ReadAgainAsync(plan, cancellationToken))
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
        Activity.Current?.SetStatus(ActivityStatusCode.Error, failure.Message);
        lane.Services.Metrics.Parked(SubscriptionGroups.Views, Handler);
        SubscriptionLog.StreamParked(lane.Logger, Handler, tenant, plan.Delivery.Stream, commit.Number, failure);
    }
}
