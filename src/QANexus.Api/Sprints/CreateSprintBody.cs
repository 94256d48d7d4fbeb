using System.Collections.Immutable;
using QANexus.Domain.Sprints;

namespace QANexus.Api.Sprints;

/// <summary>A sprint to be planned, with its items and started at once where that is asked.</summary>
internal sealed record CreateSprintBody
{
    public string? Id { get; set; }

    public required string Name { get; init; }

    public decimal Capacity { get; set; } = SprintCapacity.ReasonableFrom;

    public required DateTimeOffset StartDate { get; init; }

    public required DateTimeOffset EndDate { get; init; }

    public string? Description { get; set; }

    public ImmutableArray<SprintItemBody> Items { get; set; } = [];

    public bool Start { get; set; }

    public NewSprint ToSprint() => new()
    {
        Name = Name,
        Capacity = Capacity,
        StartDate = StartDate,
        EndDate = EndDate,
        Description = Description,
        Items = [.. Items.Select(static (item, index) => item.ToItem(FormattableString.Invariant($"item-{index + 1}")))],
        Starts = Start,
    };
}
