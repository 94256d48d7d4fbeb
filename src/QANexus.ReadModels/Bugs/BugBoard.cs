using QANexus.Domain.Bugs;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Subscriptions;

namespace QANexus.ReadModels.Bugs;

/// <summary>The view <c>bug-board</c>: a document for each bug, <c>Bug:{id}</c>, with its column and the clocks of its promises.</summary>
internal sealed class BugBoard() : AggregateView<BugCard>(Name, BugsJson.Default.BugCard, Fold)
{
    private static readonly BugAggregate Fold = new();

    /// <summary>The name of the view.</summary>
    public static SubscriptionName Name { get; } = SubscriptionName.Parse("bug-board");

    /// <inheritdoc/>
    protected override BugCard Apply(BugCard? document, RecordedEvent e) => new(
        Fold.Evolve(document?.Bug ?? BugState.Initial, e),
        e.Is<BugTriaged>() ? null
        : e.Is<BugWorkStarted>() || e.Is<BugResolved>() ? document?.RespondedAt ?? e.OccurredAt
        : document?.RespondedAt);
}
