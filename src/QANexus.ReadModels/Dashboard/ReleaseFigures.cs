using System.Collections.Immutable;
using QANexus.Domain.Releases;
using QANexus.Domain.Releases.Confidence;

namespace QANexus.ReadModels.Dashboard;

/// <summary>The releases of a tenant.</summary>
internal sealed record ReleaseFigures
{
    /// <summary>Releases that are shown.</summary>
    public const int MaxReleases = 3;

    public static ReleaseFigures None { get; } = new();

    public int Total { get; init; }

    /// <summary>By creation, the newest first.</summary>
    public ImmutableArray<ReleaseTile> Newest { get; init; } = [];

    /// <summary>With a release in the place of what it was.</summary>
    public ReleaseFigures Replace(string id, ReleaseState? before, ReleaseState? now)
    {
        var newest = Newest.Where(tile => !string.Equals(tile.Id, id, StringComparison.Ordinal));
        if (now is not null)
        {
            newest = newest.Append(new ReleaseTile(
                id, now.Version, now.Environment, now.Status, now.ReadinessScore, now.ReadinessStatus, now.CreatedAt ?? DateTimeOffset.MinValue));
        }

        return new ReleaseFigures
        {
            Total = Total + (now is null ? 0 : 1) - (before is null ? 0 : 1),
            Newest =
            [
                .. newest.OrderByDescending(static tile => tile.CreatedAt).ThenByDescending(static tile => tile.Id, StringComparer.Ordinal).Take(MaxReleases),
            ],
        };
    }
}

/// <summary>A release at a glance.</summary>
internal sealed record ReleaseTile(
    string Id, string Version, string Environment, ReleaseStatus Status, int? Score, ReadinessStatus? ReadinessStatus, DateTimeOffset CreatedAt);
