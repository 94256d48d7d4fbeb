using System.Collections.Immutable;
using QANexus.Domain.Sprints;

namespace QANexus.ReadModels.Sprints;

/// <summary>What a tenant's last sprints achieved.</summary>
/// <param name="Sprints">The last <see cref="MaxSprints"/> completed ones, the newest last.</param>
/// <param name="Trend">Of the last <see cref="VelocityTrend.Window"/> of them.</param>
internal sealed record VelocityDocument(ImmutableArray<CompletedSprint> Sprints, VelocityTrend Trend)
{
    public const int MaxSprints = 10;

    /// <summary>Null where there are none.</summary>
    public static VelocityDocument? Of(IEnumerable<CompletedSprint> sprints)
    {
        ImmutableArray<CompletedSprint> last =
            [.. sprints.OrderBy(static sprint => sprint.CompletedAt).ThenBy(static sprint => sprint.Id, StringComparer.Ordinal).TakeLast(MaxSprints)];
        return last.IsEmpty ? null : new VelocityDocument(last, VelocityTrend.Of([.. last.Select(static sprint => sprint.CompletedPoints)]));
    }
}

/// <summary>The metrics of a sprint that is over, by the figures of its completion.</summary>
/// <param name="Id">The sprint's id.</param>
/// <param name="Name">Its name; empty where that was redacted.</param>
/// <param name="CompletedPoints">Story points that were done: its velocity.</param>
/// <param name="CompletedAt">When it ended.</param>
/// <param name="TotalPoints">Story points that there were.</param>
/// <param name="CompletedItems">Items that were done.</param>
/// <param name="TotalItems">Items that there were.</param>
/// <param name="CompletionPercentage">Of the story points, rounded; 0 where there were none.</param>
internal sealed record CompletedSprint(
    string Id, string Name, long CompletedPoints, DateTimeOffset CompletedAt, long TotalPoints, int CompletedItems, int TotalItems, int CompletionPercentage);
