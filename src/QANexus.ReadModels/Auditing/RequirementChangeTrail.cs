using System.Collections.Immutable;
using QANexus.Domain.Requirements;
using QANexus.Domain.Words;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Subscriptions;

namespace QANexus.ReadModels.Auditing;

/// <summary>
/// The view <c>requirement-changes</c>: who changed which member of a requirement when, with the old and the new value. The audit trail itself holds of the
/// data the reason only. A redaction takes the values away.
/// </summary>
internal sealed class RequirementChangeTrail() : AggregateView<RequirementHistory>(
    Name, ReadModelsJson.Default.RequirementHistory, Fold, [EventData.TypeOf<RequirementCreated>(), EventData.TypeOf<RequirementUpdated>()])
{
    private static readonly RequirementAggregate Fold = new();

    /// <summary>The name of the view.</summary>
    public static SubscriptionName Name { get; } = SubscriptionName.Parse("requirement-changes");

    /// <inheritdoc/>
    protected override RequirementHistory Apply(RequirementHistory? document, RecordedEvent e)
    {
        var before = document?.Current ?? RequirementState.Initial;
        var now = Fold.Evolve(before, e);
        ImmutableArray<RequirementChange> changes = e.Is<RequirementUpdated>() ? [.. Compare(before, now, e)] : [];
        return new RequirementHistory(
            [.. (document?.Changes ?? []).Concat(changes).TakeLast(RequirementHistory.MaxChanges)], (document?.Total ?? 0) + changes.Length, now);
    }

    private static IEnumerable<RequirementChange> Compare(RequirementState before, RequirementState now, RecordedEvent e) =>
        MembersOf(before).Zip(MembersOf(now))
            .Where(static pair => !string.Equals(pair.First.Value, pair.Second.Value, StringComparison.Ordinal))
            .Select(pair => new RequirementChange(
                e.Version, e.Id.Value, e.OccurredAt, e.Origin.Actor, pair.First.Member,
                Shortened.To(pair.First.Value, RequirementChange.MaxText), Shortened.To(pair.Second.Value, RequirementChange.MaxText)));

    private static IEnumerable<(string Member, string Value)> MembersOf(RequirementState state) =>
    [
        ("title", state.Title),
        ("content", state.Content),
        ("priority", Word.Of(state.Priority)),
        ("type", Word.Of(state.Type)),
        ("acceptanceCriteria", string.Join('\n', state.AcceptanceCriteria.Select(static criterion => $"{criterion.Id}: {criterion.Text}"))),
    ];
}
