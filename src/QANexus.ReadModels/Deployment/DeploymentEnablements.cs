using QANexus.Domain.Releases;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;
using QANexus.EventStore.Views;

namespace QANexus.ReadModels.Deployment;

/// <summary>
/// The view <c>deployment-enablement</c>: one document per release that was ever enabled. Only the last check enables; whatever speaks against the release
/// afterwards revokes, a grave bug by the evaluation that it leads to, so that a release that it does not concern stays enabled.
/// </summary>
internal sealed class DeploymentEnablements() : StreamProjection<DeploymentEnablement>(
    Name, DeploymentJson.Default.DeploymentEnablement,
    [
        EventData.TypeOf<DeploymentEnabled>(), EventData.TypeOf<DeploymentAborted>(), EventData.TypeOf<ReleaseReadinessEvaluated>(),
        EventData.TypeOf<ReleaseBlocked>(), EventData.TypeOf<ReleaseAborted>(), EventData.TypeOf<ReleaseReleased>(),
    ])
{
    /// <summary>The name of the view.</summary>
    public static SubscriptionName Name { get; } = SubscriptionName.Parse("deployment-enablement");

    /// <inheritdoc/>
    public override bool Takes(AggregateType aggregateType) => string.Equals(aggregateType.Value, ReleaseAggregate.TypeName, StringComparison.Ordinal);

    /// <inheritdoc/>
    protected override DeploymentEnablement? Apply(DeploymentEnablement? document, RecordedEvent e)
    {
        if (e.Is<DeploymentEnabled>())
        {
            var enabled = e.Read(ReleaseJson.Default.DeploymentEnabled);
            return new DeploymentEnablement(
                e.Stream.AggregateId.Value, enabled.Version, enabled.Score, e.OccurredAt, enabled.ExpiresAt ?? e.OccurredAt + ReleasePolicy.Default.MaxScoreAge);
        }

        if (document is not { State: EnablementState.Enabled })
        {
            return document;
        }

        if (e.Is<ReleaseReadinessEvaluated>() && e.Read(ReleaseJson.Default.ReleaseReadinessEvaluated) is { PassesAllGates: true } evaluated)
        {
            return document with { Score = evaluated.Score, ExpiresAt = evaluated.ExpiresAt ?? e.OccurredAt + ReleasePolicy.Default.MaxScoreAge };
        }

        return document with { State = EnablementState.Revoked, RevokedAt = e.OccurredAt, Reason = ReasonOf(e) };
    }

    /// <summary>Without its data nothing enables, and an evaluation is none that passed.</summary>
    protected override DeploymentEnablement? ApplyRedacted(DeploymentEnablement? document, RecordedEvent e) =>
        e.Is<DeploymentEnabled>() ? document : Apply(document, e);

    private static RevocationReason ReasonOf(RecordedEvent e) =>
        e.Is<ReleaseReadinessEvaluated>() ? RevocationReason.EvaluationFailed
        : e.Is<ReleaseBlocked>() ? RevocationReason.ReleaseBlocked
        : e.Is<ReleaseAborted>() ? RevocationReason.ReleaseAborted
        : e.Is<ReleaseReleased>() ? RevocationReason.Released
        : RevocationReason.DeploymentAborted;
}
