using System.Collections.Immutable;
using QANexus.Domain.Requirements;
using QANexus.Domain.Sprints;
using QANexus.EventStore.Reading;
using QANexus.EventStore.Streams;
using QANexus.EventStore.Views;

namespace QANexus.ReadModels.Planning;

/// <summary>What the backlog keeps of a stream: of a requirement what is to be planned, of a sprint where its items are.</summary>
internal sealed record BacklogEntry
{
    private static readonly RequirementAggregate RequirementFold = new();

    public RequirementState? Requirement { get; init; }

    public ImmutableArray<PlacedItem> Items { get; init; } = [];

    /// <summary>When the sprint ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    public BacklogEntry AfterRequirement(RecordedEvent e)
    {
        var state = RequirementFold.Evolve(Requirement ?? RequirementState.Initial, e);
        return this with
        {
            Requirement = new RequirementState
            {
                Title = state.Title,
                Status = state.Status,
                Priority = state.Priority,
                Type = state.Type,
                Rqs = state.Rqs is { } rqs ? rqs with { Feedback = [] } : null,
                Tasks = state.Tasks,
            },
        };
    }

    public BacklogEntry AfterSprint(RecordedEvent e)
    {
        if (e.Is<ItemAddedToSprint>())
        {
            var added = e.Read(SprintJson.Default.ItemAddedToSprint);
            return this with
            {
                Items = Items.Add(new PlacedItem(
                    added.ItemId, added.ItemTitle, added.StoryPoints, added.Priority, added.Type, added.RequirementId, BacklogPlace.Scheduled)),
            };
        }

        if (e.Is<ItemRemovedFromSprint>())
        {
            var removed = e.Read(SprintJson.Default.ItemRemovedFromSprint);
            return this with { Items = Items.RemoveAll(item => string.Equals(item.Id, removed.ItemId, StringComparison.Ordinal)) };
        }

        var unfinished = e.Is<SprintCompleted>()
            ? e.Read(SprintJson.Default.SprintCompleted).UnfinishedItemIds
            : e.Read(SprintJson.Default.SprintCancelled).ReturnedItemIds;
        return this with
        {
            EndedAt = e.OccurredAt,
            Items = [.. Items.Select(item => item with { Place = unfinished.Contains(item.Id) ? BacklogPlace.Returned : BacklogPlace.Done })],
        };
    }

    /// <summary>The document that an item belongs to.</summary>
    public static ViewId DocumentOf(PlacedItem item) =>
        AggregateId.TryParse(item.RequirementId, out var id) && ViewId.TryParse($"{RequirementAggregate.TypeName}{StreamId.Separator}{id}", out var document)
            ? document
            : StructuredBacklog.Standalone;
}
