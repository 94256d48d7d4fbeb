using QANexus.Domain.Sprints;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Subscriptions;

namespace QANexus.ReadModels.Sprints;

/// <summary>The view <c>sprint-board</c>: a document for each sprint, <c>Sprint:{id}</c>, with its lanes, its figures and its burndown.</summary>
internal sealed class SprintBoard() : AggregateView<SprintBoardDocument>(Name, SprintsJson.Default.SprintBoardDocument, Fold)
{
    private static readonly SprintAggregate Fold = new();

    /// <summary>The name of the view.</summary>
    public static SubscriptionName Name { get; } = SubscriptionName.Parse("sprint-board");

    /// <inheritdoc/>
    protected override SprintBoardDocument Apply(SprintBoardDocument? document, RecordedEvent e)
    {
        var sprint = Fold.Evolve(document?.Sprint ?? SprintState.Initial, e);
        return new SprintBoardDocument(
            sprint, e.Is<SprintStarted>() ? SprintBurndown.Begin(sprint, e.OccurredAt) : document?.Burndown?.After(sprint, e.OccurredAt));
    }
}
