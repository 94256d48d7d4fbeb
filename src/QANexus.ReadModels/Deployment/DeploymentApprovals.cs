using QANexus.Domain.Actors;
using QANexus.Domain.Releases;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;
using QANexus.EventStore.Views;

namespace QANexus.ReadModels.Deployment;

/// <summary>The view <c>approvals</c>: one document per release whose deployment an engineering manager was asked to approve.</summary>
internal sealed class DeploymentApprovals() : StreamProjection<DeploymentApproval>(
    Name, DeploymentJson.Default.DeploymentApproval,
    [
        EventData.TypeOf<DeploymentEnabled>(), EventData.TypeOf<DeploymentAborted>(), EventData.TypeOf<ReleaseReadinessEvaluated>(),
        EventData.TypeOf<ReleaseBlocked>(), EventData.TypeOf<ReleaseAborted>(), EventData.TypeOf<ReleaseReleased>(),
    ])
{
    /// <summary>The name of the view.</summary>
    public static SubscriptionName Name { get; } = SubscriptionName.Parse("approvals");

    /// <inheritdoc/>
    public override bool Takes(AggregateType aggregateType) => string.Equals(aggregateType.Value, ReleaseAggregate.TypeName, StringComparison.Ordinal);

    /// <inheritdoc/>
    protected override DeploymentApproval? Apply(DeploymentApproval? document, RecordedEvent e)
    {
        if (e.Is<DeploymentEnabled>())
        {
            var enabled = e.Read(ReleaseJson.Default.DeploymentEnabled);
            return new DeploymentApproval(
                e.Stream.AggregateId.Value, enabled.Version, enabled.Score, Role.Em, e.OccurredAt,
                enabled.ExpiresAt ?? e.OccurredAt + ReleasePolicy.Default.MaxScoreAge);
        }

        if (document is not { State: ApprovalState.Requested })
        {
            return document;
        }

        if (e.Is<ReleaseReadinessEvaluated>() && e.Read(ReleaseJson.Default.ReleaseReadinessEvaluated) is { PassesAllGates: true } evaluated)
        {
            return document with { Score = evaluated.Score, DueBy = evaluated.ExpiresAt ?? e.OccurredAt + ReleasePolicy.Default.MaxScoreAge };
        }

        var state = e.Is<ReleaseReleased>() ? ApprovalState.Approved : e.Is<ReleaseAborted>() ? ApprovalState.Rejected : ApprovalState.Withdrawn;
        return document with { State = state, DecidedAt = e.OccurredAt, DecidedBy = state == ApprovalState.Withdrawn ? null : e.Origin.Actor };
    }

    /// <summary>Without its data nothing asks for approval, and an evaluation is none that passed.</summary>
    protected override DeploymentApproval? ApplyRedacted(DeploymentApproval? document, RecordedEvent e) =>
        e.Is<DeploymentEnabled>() ? document : Apply(document, e);
}
