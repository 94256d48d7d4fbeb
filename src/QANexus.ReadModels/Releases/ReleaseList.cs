using QANexus.Domain.Releases;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Subscriptions;

namespace QANexus.ReadModels.Releases;

/// <summary>The view <c>release-list</c>: a document for each release, <c>Release:{id}</c>, list row and cockpit in one.</summary>
internal sealed class ReleaseList() : AggregateView<ReleaseCockpit>(Name, ReleasesJson.Default.ReleaseCockpit, Fold)
{
    private static readonly ReleaseAggregate Fold = new();

    /// <summary>The name of the view.</summary>
    public static SubscriptionName Name { get; } = SubscriptionName.Parse("release-list");

    /// <inheritdoc/>
    protected override ReleaseCockpit Apply(ReleaseCockpit? document, RecordedEvent e)
    {
        var release = Fold.Evolve(document?.Release ?? ReleaseState.Initial, e);
        return new ReleaseCockpit(
            release,
            e.Is<ReleaseReadinessEvaluated>() && release is { ReadinessScore: { } total, ReadinessStatus: { } status }
                ? [.. (document?.Scores ?? []).Append(new ReleaseCockpit.Score(e.OccurredAt, total, status)).TakeLast(ReleaseCockpit.MaxScores)]
                : document?.Scores ?? []);
    }
}
