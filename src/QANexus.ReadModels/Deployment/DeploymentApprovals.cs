using QANexus.Domain.Actors;
using QANexus.Domain.Releases;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Subscriptions;

namespace QANexus.ReadModels.Deployment;

/// <summary>The view <c>approvals</c>: one document per release whose deployment an engineering manager was asked to approve.</summary>
internal sealed class DeploymentApprovals() : DeploymentView<DeploymentApproval>(Name, DeploymentJson.Default.DeploymentApproval)
{
    /// <summary>The name of the view.</summary>
    public static SubscriptionName Name { get; } = SubscriptionName.Parse("approvals");

    /// <inheritdoc/>
    protected override DeploymentApproval Begin(RecordedEvent e, DeploymentEnabled enabled, DateTimeOffset until) =>
        new(e.Stream.AggregateId.Value, enabled.Version, enabled.Score, Role.Em, e.OccurredAt, until);

    /// <inheritdoc/>
    protected override bool IsOpen(DeploymentApproval document) => document.State is ApprovalState.Requested;

    /// <inheritdoc/>
    protected override DeploymentApproval Renew(DeploymentApproval document, int score, DateTimeOffset until) => document with { Score = score, DueBy = until };

    /// <inheritdoc/>
    protected override DeploymentApproval End(DeploymentApproval document, RecordedEvent e)
    {
        var state = e.Is<ReleaseReleased>() ? ApprovalState.Approved : e.Is<ReleaseAborted>() ? ApprovalState.Rejected : ApprovalState.Withdrawn;
        return document with { State = state, DecidedAt = e.OccurredAt, DecidedBy = state == ApprovalState.Withdrawn ? null : e.Origin.Actor };
    }
}
