using QANexus.Domain.Releases;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;
using QANexus.EventStore.Views;

namespace QANexus.ReadModels.Readiness;

/// <summary>The view <c>rcs-history</c>: one document per release with the points of its confidence scores, and when it became ready.</summary>
internal sealed class ScoreHistories() : StreamProjection<ScoreHistory>(
    Name, ReadinessJson.Default.ScoreHistory,
    [
        EventData.TypeOf<ReleaseCreated>(), EventData.TypeOf<ReleaseReadinessEvaluated>(), EventData.TypeOf<ReleaseActivated>(),
        EventData.TypeOf<ReleaseFrozen>(), EventData.TypeOf<ReleaseReleased>(), EventData.TypeOf<ReleaseBlocked>(),
        EventData.TypeOf<ReleaseUnblocked>(), EventData.TypeOf<ReleaseAborted>(), EventData.TypeOf<ReleaseReadinessAchieved>(),
    ])
{
    /// <summary>Points that a document holds at most.</summary>
    private const int MaxPoints = 200;

    /// <summary>Milestones that a document holds at most.</summary>
    private const int MaxMilestones = 50;

    private static readonly ReleaseAggregate Release = new();

    /// <summary>The name of the view.</summary>
    public static SubscriptionName Name { get; } = SubscriptionName.Parse("rcs-history");

    /// <inheritdoc/>
    public override bool Takes(AggregateType aggregateType) => string.Equals(aggregateType.Value, ReleaseAggregate.TypeName, StringComparison.Ordinal);

    /// <inheritdoc/>
    protected override ScoreHistory Apply(ScoreHistory? document, RecordedEvent e)
    {
        document ??= new ScoreHistory(e.Stream.AggregateId.Value, string.Empty, ReleaseStatus.Planned, []);
        var release = Release.Evolve(ReleaseState.Initial with { Version = document.Version, Status = document.Status }, e);
        return document with
        {
            Version = release.Version,
            Status = release.Status,
            Points = release is { ReadinessEvaluatedAt: { } at, ReadinessScore: { } score, ReadinessStatus: { } status }
                ? [.. document.Points.TakeLast(MaxPoints - 1), new ScorePoint(e.Version, at, score, status, [.. release.BlockingReasons.Select(static reason => reason.Code)])]
                : document.Points,
            Milestones = e.Is<ReleaseReadinessAchieved>() && e.Redaction is null
                ? [.. document.Milestones.TakeLast(MaxMilestones - 1), new Milestone(
                    MilestoneName.ReleaseReady, e.Version, e.OccurredAt, e.Read(ReleaseJson.Default.ReleaseReadinessAchieved).Score)]
                : document.Milestones,
        };
    }

    /// <summary>Statuses stay; an evaluation without its data is no point, nor is a milestone one.</summary>
    protected override ScoreHistory ApplyRedacted(ScoreHistory? document, RecordedEvent e) => Apply(document, e);
}
