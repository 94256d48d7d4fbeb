using System.Collections.Immutable;

namespace QANexus.ReadModels.Sprints;

/// <summary>What could be expected of a sprint when it began.</summary>
/// <param name="SprintId">Which sprint.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="ItemCount">Items that it began with.</param>
/// <param name="TotalStoryPoints">Their story points.</param>
/// <param name="VelocityBaseline">The mean of the completed points of the sprints before, at most five; nothing where there was none.</param>
/// <param name="BasedOn">Those sprints, the newest last.</param>
internal sealed record SprintBaseline(
    string SprintId, DateTimeOffset StartedAt, int ItemCount, long TotalStoryPoints, decimal? VelocityBaseline, ImmutableArray<string> BasedOn);
