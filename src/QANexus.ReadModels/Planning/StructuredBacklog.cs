using System.Collections.Frozen;
using System.Collections.Immutable;
using QANexus.Domain.Requirements;
using QANexus.Domain.Sprints;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;
using QANexus.EventStore.Views;

namespace QANexus.ReadModels.Planning;

/// <summary>
/// The view <c>structured-backlog</c>: a document <c>Requirement:{id}</c> for each requirement that is BACKLOGGED, has tasks, or has items in sprints, with what
/// is left to plan; and <c>standalone</c> for items that belong to no requirement.
/// </summary>
internal sealed class StructuredBacklog() : RollUpProjection<BacklogEntry, BacklogDocument>(
    Name, BacklogJson.Default.BacklogEntry, BacklogJson.Default.BacklogDocument, [.. RequirementTypes, .. SprintTypes])
{
    /// <summary>Requirements of one sprint whose documents hear of it, so that its end fits into one write.</summary>
    public const int MaxRequirementsOfSprint = 90;

    private static readonly FrozenSet<EventType> RequirementTypes = new RequirementAggregate().EventTypes.ToFrozenSet();

    private static readonly FrozenSet<EventType> SprintTypes = new[]
    {
        EventData.TypeOf<ItemAddedToSprint>(), EventData.TypeOf<ItemRemovedFromSprint>(), EventData.TypeOf<SprintCompleted>(), EventData.TypeOf<SprintCancelled>(),
    }.ToFrozenSet();

    /// <summary>The name of the view.</summary>
    public static SubscriptionName Name { get; } = SubscriptionName.Parse("structured-backlog");

    /// <summary>The document of items that belong to no requirement.</summary>
    public static ViewId Standalone { get; } = ViewId.Parse("standalone");

    /// <inheritdoc/>
    public override bool Takes(AggregateType aggregateType) => aggregateType.Value is RequirementAggregate.TypeName or SprintAggregate.TypeName;

    /// <inheritdoc/>
    protected override BacklogEntry? Evolve(BacklogEntry? entry, RecordedEvent e) =>
        e.Stream.AggregateType.Value == RequirementAggregate.TypeName
            ? RequirementTypes.Contains(e.Type) ? (entry ?? new BacklogEntry()).AfterRequirement(e) : entry
            : SprintTypes.Contains(e.Type) ? (entry ?? new BacklogEntry()).AfterSprint(e) : entry;

    /// <inheritdoc/>
    protected override IEnumerable<ViewId> DocumentsOf(StreamId stream, BacklogEntry entry) => entry.Requirement is { } requirement
        ? requirement.Status == RequirementStatus.Backlogged || !requirement.Tasks.IsEmpty ? [ViewId.Of(stream)] : []
        : entry.Items.Select(BacklogEntry.DocumentOf).Distinct().Take(MaxRequirementsOfSprint);

    /// <inheritdoc/>
    protected override BacklogDocument? Apply(ViewId id, BacklogDocument? document, StreamId stream, BacklogEntry? before, BacklogEntry? now)
    {
        var known = document ?? new BacklogDocument();
        var next = (before ?? now)?.Requirement is not null
            ? known with { Requirement = RowOf(stream, now?.Requirement), Tasks = now?.Requirement?.Tasks ?? [] }
            : known with { Sprints = SprintsWith(id, known.Sprints, stream.AggregateId.Value, now) };
        return next.IsEmpty() ? null : next;
    }

    private static BacklogRequirement? RowOf(StreamId stream, RequirementState? requirement) => requirement is { Status: RequirementStatus.Backlogged }
        ? new BacklogRequirement(stream.AggregateId.Value, requirement.Title, requirement.Priority, requirement.Type, requirement.Rqs?.Score)
        : null;

    private static ImmutableSortedDictionary<string, SprintPlacement> SprintsWith(
        ViewId id, ImmutableSortedDictionary<string, SprintPlacement> sprints, string sprint, BacklogEntry? now)
    {
        var others = sprints.Remove(sprint);
        ImmutableArray<PlacedItem> items = [.. (now?.Items ?? []).Where(item => BacklogEntry.DocumentOf(item) == id)];
        var next = items.IsEmpty ? others : others.SetItem(sprint, new SprintPlacement(now!.EndedAt, items));
        return id != Standalone ? next : next.RemoveRange(next
            .Where(static placement => placement.Value.EndedAt is not null)
            .OrderByDescending(static placement => placement.Value.EndedAt).ThenByDescending(static placement => placement.Key, StringComparer.Ordinal)
            .Skip(BacklogDocument.MaxEndedSprints).Select(static placement => placement.Key).ToList());
    }
}
