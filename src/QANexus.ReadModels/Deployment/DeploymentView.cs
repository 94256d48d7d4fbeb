using System.Text.Json.Serialization.Metadata;
using QANexus.Domain.Releases;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;
using QANexus.EventStore.Views;

namespace QANexus.ReadModels.Deployment;

/// <summary>
/// A view of what follows from the deployment of a release being enabled: one document per release, which begins with that, lives as long as evaluations
/// pass, and ends with whatever speaks against the release, or with the release itself.
/// </summary>
internal abstract class DeploymentView<TDocument>(SubscriptionName name, JsonTypeInfo<TDocument> document) : StreamProjection<TDocument>(
    name, document,
    [
        EventData.TypeOf<DeploymentEnabled>(), EventData.TypeOf<DeploymentAborted>(), EventData.TypeOf<ReleaseReadinessEvaluated>(),
        EventData.TypeOf<ReleaseBlocked>(), EventData.TypeOf<ReleaseAborted>(), EventData.TypeOf<ReleaseReleased>(),
    ])
    where TDocument : class
{
    /// <inheritdoc/>
    public override bool Takes(AggregateType aggregateType) => string.Equals(aggregateType.Value, ReleaseAggregate.TypeName, StringComparison.Ordinal);

    /// <summary>The last check has passed.</summary>
    protected abstract TDocument Begin(RecordedEvent e, DeploymentEnabled enabled, DateTimeOffset until);

    /// <summary>Whether it is still what it began as.</summary>
    protected abstract bool IsOpen(TDocument document);

    /// <summary>An evaluation has passed since.</summary>
    protected abstract TDocument Renew(TDocument document, int score, DateTimeOffset until);

    /// <summary>Something else has happened to the release.</summary>
    protected abstract TDocument End(TDocument document, RecordedEvent e);

    /// <inheritdoc/>
    protected sealed override TDocument? Apply(TDocument? document, RecordedEvent e)
    {
        if (e.Is<DeploymentEnabled>())
        {
            var enabled = e.Read(ReleaseJson.Default.DeploymentEnabled);
            return Begin(e, enabled, enabled.ExpiresAt ?? Until(e));
        }

        if (document is null || !IsOpen(document))
        {
            return document;
        }

        return e.Is<ReleaseReadinessEvaluated>() && e.Read(ReleaseJson.Default.ReleaseReadinessEvaluated) is { PassesAllGates: true } evaluated
            ? Renew(document, evaluated.Score, evaluated.ExpiresAt ?? Until(e))
            : End(document, e);
    }

    /// <summary>Without its data nothing begins, and an evaluation is none that passed.</summary>
    protected sealed override TDocument? ApplyRedacted(TDocument? document, RecordedEvent e) => e.Is<DeploymentEnabled>() ? document : Apply(document, e);

    /// <summary>Where the event does not say. A client may have appended it with the last moment there is.</summary>
    private static DateTimeOffset Until(RecordedEvent e) =>
        e.OccurredAt < DateTimeOffset.MaxValue - ReleasePolicy.Default.MaxScoreAge ? e.OccurredAt + ReleasePolicy.Default.MaxScoreAge : DateTimeOffset.MaxValue;
}
