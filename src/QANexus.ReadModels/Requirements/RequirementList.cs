using QANexus.Domain.Requirements;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Subscriptions;

namespace QANexus.ReadModels.Requirements;

/// <summary>The view <c>requirement-list</c>: a document for each requirement, <c>Requirement:{id}</c>, list row and page in one.</summary>
internal sealed class RequirementList() : AggregateView<RequirementDocument>(Name, RequirementsJson.Default.RequirementDocument, Fold)
{
    private static readonly RequirementAggregate Fold = new();

    /// <summary>The name of the view.</summary>
    public static SubscriptionName Name { get; } = SubscriptionName.Parse("requirement-list");

    /// <inheritdoc/>
    protected override RequirementDocument Apply(RequirementDocument? document, RecordedEvent e) =>
        new(Fold.Evolve(document?.Requirement ?? RequirementState.Initial, e), e.Origin.Actor);
}
