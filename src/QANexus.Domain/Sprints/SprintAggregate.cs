using System.Collections.Immutable;
using QANexus.Domain.Aggregates;
using QANexus.EventStore.Reading;

namespace QANexus.Domain.Sprints;

/// <summary>How a sprint follows from its events.</summary>
public sealed class SprintAggregate : QAAggregate<SprintState>
{
    public const string TypeName = "Sprint";

    public SprintAggregate()
        : base(TypeName, SprintState.Initial, SprintJson.Default.SprintState)
    {
        On(SprintJson.Default.SprintCreated, new(), static (_, created, e) => new SprintState
        {
            Id = e.Stream.AggregateId.Value,
            Name = created.SprintName,
            Description = created.Description,
            Capacity = Math.Max(created.Capacity, SprintCapacity.Min),
            StartDate = created.StartDate,
            EndDate = created.EndDate,
            CreatedAt = e.OccurredAt,
            UpdatedAt = e.OccurredAt,
        });
        On(SprintJson.Default.ItemAddedToSprint, new(), static (state, added, e) => Touched(state, e) with
        {
            Items = state.Items.Add(new SprintItem
            {
                Id = added.ItemId,
                Title = added.ItemTitle,
                StoryPoints = Math.Max(added.StoryPoints, 0),
                Status = SprintItemStatus.Todo,
                Priority = added.Priority,
                Type = added.Type,
                RequirementId = added.RequirementId,
                AssigneeId = added.AssigneeId,
                RqsScore = added.RqsScore,
                CreatedAt = e.OccurredAt,
                UpdatedAt = e.OccurredAt,
            }),
        });
        On(SprintJson.Default.ItemRemovedFromSprint, new(), static (state, removed, e) => Touched(state, e) with
        {
            Items = state.Items.RemoveAll(item => string.Equals(item.Id, removed.ItemId, StringComparison.Ordinal)),
        });
        On(SprintJson.Default.ItemStatusChanged, new(), static (state, changed, e) => Touched(state, e) with
        {
            Items = Where(state.Items, item => string.Equals(item.Id, changed.ItemId, StringComparison.Ordinal), changed.To, e),
        });
        On(SprintJson.Default.SprintStarted, new(), static (state, _, e) => Touched(state, e) with { Status = SprintStatus.Active, StartedAt = e.OccurredAt });
        On(SprintJson.Default.SprintCompleted, new(), static (state, _, e) => Touched(state, e) with { Status = SprintStatus.Completed, EndedAt = e.OccurredAt });
        On(SprintJson.Default.SprintCancelled, new(), static (state, cancelled, e) => Touched(state, e) with
        {
            Status = SprintStatus.Cancelled,
            EndedAt = e.OccurredAt,
            CancellationReason = cancelled.Reason,
            Items = Where(state.Items, static item => item.Status != SprintItemStatus.Done, SprintItemStatus.Backlog, e),
        });
        OnOthers(static (state, e) => state.Exists ? state : Touched(state, e));
    }

    private static SprintState Touched(SprintState state, RecordedEvent e) => state with
    {
        Id = e.Stream.AggregateId.Value, CreatedAt = state.CreatedAt ?? e.OccurredAt, UpdatedAt = e.OccurredAt,
    };

    private static ImmutableArray<SprintItem> Where(ImmutableArray<SprintItem> items, Func<SprintItem, bool> which, SprintItemStatus status, RecordedEvent e) =>
        [.. items.Select(item => which(item) ? item with { Status = status, UpdatedAt = e.OccurredAt } : item)];
}
