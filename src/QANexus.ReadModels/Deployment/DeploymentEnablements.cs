using QANexus.Domain.Releases;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Subscriptions;

namespace QANexus.ReadModels.Deployment;

/// <summary>
/// The view <c>deployment-enablement</c>: one document per release that was ever enabled. Only the last check enables; whatever speaks against the release
/// afterwards revokes, a grave bug by the evaluation that it leads to, so that a release that it does not concern stays enabled.
/// </summary>
internal sealed class DeploymentEnablements() : DeploymentView<DeploymentEnablement>(Name, DeploymentJson.Default.DeploymentEnablement)
{
    /// <summary>The name of the view.</summary>
    public static SubscriptionName Name { get; } = SubscriptionName.Parse("deployment-enablement");

    /// <inheritdoc/>
    protected override DeploymentEnablement Begin(RecordedEvent e, DeploymentEnabled enabled, DateTimeOffset until) =>
        new(e.Stream.AggregateId.Value, enabled.Version, enabled.Score, e.OccurredAt, until);

    /// <inheritdoc/>
    protected override bool IsOpen(DeploymentEnablement document) => document.State is EnablementState.Enabled;

    /// <inheritdoc/>
    protected override DeploymentEnablement Renew(DeploymentEnablement document, int score, DateTimeOffset until) => document with { Score = score, ExpiresAt = until };

    /// <inheritdoc/>
    protected override DeploymentEnablement End(DeploymentEnablement document, RecordedEvent e) =>
        document with { State = EnablementState.Revoked, RevokedAt = e.OccurredAt, Reason = ReasonOf(e) };

    private static RevocationReason ReasonOf(RecordedEvent e) =>
        e.Is<ReleaseReadinessEvaluated>() ? RevocationReason.EvaluationFailed
        : e.Is<ReleaseBlocked>() ? RevocationReason.ReleaseBlocked
        : e.Is<ReleaseAborted>() ? RevocationReason.ReleaseAborted
        : e.Is<ReleaseReleased>() ? RevocationReason.Released
        : RevocationReason.DeploymentAborted;
}
