using QANexus.Domain.Sprints;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Subscriptions;
using QANexus.EventStore.Views;

namespace QANexus.ReadModels.Sprints;

/// <summary>The view <c>velocity</c>: the completed points of a tenant's last sprints and where they go, in the document <c>tenant</c>.</summary>
internal sealed class Velocity() : RollUpProjection<VelocityEntry, VelocityDocument>(
    Name, SprintsJson.Default.VelocityEntry, SprintsJson.Default.VelocityDocument, [EventData.TypeOf<SprintCreated>(), EventData.TypeOf<SprintCompleted>()])
{
    /// <summary>The name of the view.</summary>
    public static SubscriptionName Name { get; } = SubscriptionName.Parse("velocity");

    /// <summary>The only document.</summary>
    public static ViewId Tenant { get; } = ViewId.Parse("tenant");

    /// <inheritdoc/>
    public override bool Takes(AggregateType aggregateType) => aggregateType.Value == SprintAggregate.TypeName;

    /// <summary>A completion without its data says nothing about points, and is left out.</summary>
    protected override VelocityEntry? Evolve(VelocityEntry? entry, RecordedEvent e) =>
        e.Is<SprintCreated>() ? new VelocityEntry(e.Read(SprintJson.Default.SprintCreated).SprintName, 0, null)
        : e.Redaction is not null ? entry
        : Completed(entry?.Name ?? string.Empty, e.Read(SprintJson.Default.SprintCompleted), e.OccurredAt);

    /// <inheritdoc/>
    protected override IEnumerable<ViewId> DocumentsOf(StreamId stream, VelocityEntry entry) => entry.CompletedAt is null ? [] : [Tenant];

    /// <inheritdoc/>
    protected override VelocityDocument? Apply(ViewId id, VelocityDocument? document, StreamId stream, VelocityEntry? before, VelocityEntry? now)
    {
        var others = (document?.Sprints ?? []).Where(sprint => !string.Equals(sprint.Id, stream.AggregateId.Value, StringComparison.Ordinal));
        return VelocityDocument.Of(now is { CompletedAt: { } completedAt }
            ? others.Append(new CompletedSprint(
                stream.AggregateId.Value, now.Name, now.CompletedPoints, completedAt, now.TotalPoints, now.CompletedItems, now.TotalItems, now.CompletionPercentage))
            : others);
    }

    private static VelocityEntry Completed(string name, SprintCompleted completed, DateTimeOffset at) => new(
        name, completed.CompletedStoryPoints, at, completed.TotalStoryPoints, completed.CompletedItems, completed.TotalItems, completed.CompletionPercentage);
}
