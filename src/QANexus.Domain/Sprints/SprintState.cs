using System.Collections.Immutable;
using System.Text.Json.Serialization;
using QANexus.Domain.Arithmetic;

namespace QANexus.Domain.Sprints;

/// <summary>A sprint.</summary>
public sealed record SprintState
{
    public static SprintState Initial { get; } = new();

    /// <summary>Nothing before the first event.</summary>
    public string? Id { get; init; }

    public string Name { get; init; } = string.Empty;

    public string? Description { get; init; }

    public SprintStatus Status { get; init; }

    public int Capacity { get; init; } = SprintCapacity.ReasonableFrom;

    public DateTimeOffset? StartDate { get; init; }

    public DateTimeOffset? EndDate { get; init; }

    public ImmutableArray<SprintItem> Items { get; init; } = [];

    /// <summary>When work began and ended in truth.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <inheritdoc cref="StartedAt"/>
    public DateTimeOffset? EndedAt { get; init; }

    public string? CancellationReason { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }

    [JsonIgnore]
    public bool Exists => Id is not null;

    public long TotalStoryPoints => Items.Sum(static item => (long)item.StoryPoints);

    public long CompletedStoryPoints => Items.Where(static item => item.Status == SprintItemStatus.Done).Sum(static item => (long)item.StoryPoints);

    [JsonIgnore]
    public int CompletedItems => Items.Count(static item => item.Status == SprintItemStatus.Done);

    /// <summary>Of the story points, rounded; 0 where there are none.</summary>
    public int CompletionPercentage => new Ratio(CompletedStoryPoints, TotalStoryPoints).WholePercent;

    [JsonIgnore]
    public SprintLoad Load => new(TotalStoryPoints, Capacity);

    [JsonIgnore]
    public ImmutableArray<string> UnfinishedItemIds => [.. Items.Where(static item => item.Status != SprintItemStatus.Done).Select(static item => item.Id)];

    public SprintItem? Find(string itemId) => Items.FirstOrDefault(item => string.Equals(item.Id, itemId, StringComparison.Ordinal));
}
