using System.Collections.Immutable;
using QANexus.Domain.Releases;
using QANexus.Domain.Releases.Confidence;

namespace QANexus.ReadModels.Readiness;

/// <summary>How the confidence in a release has developed.</summary>
/// <param name="ReleaseId">Which release.</param>
/// <param name="Version">Its version.</param>
/// <param name="Status">Where it is in its life.</param>
/// <param name="Points">Its last 200 evaluations, the newest last.</param>
internal sealed record ScoreHistory(string ReleaseId, string Version, ReleaseStatus Status, ImmutableArray<ScorePoint> Points)
{
    /// <summary>The last 50, the newest last.</summary>
    public ImmutableArray<Milestone> Milestones { get; init; } = [];
}

/// <summary>Something that a release came to.</summary>
/// <param name="Name">What.</param>
/// <param name="EventVersion">The event that says so.</param>
/// <param name="At">When.</param>
/// <param name="Score">With what score.</param>
internal sealed record Milestone(MilestoneName Name, long EventVersion, DateTimeOffset At, int Score);

/// <summary>One evaluation.</summary>
/// <param name="EventVersion">The event that recorded it.</param>
/// <param name="At">When.</param>
/// <param name="Score">The total, 0-100.</param>
/// <param name="Status">What it said.</param>
/// <param name="Reasons">Why it was not ready, and what else was to know.</param>
internal sealed record ScorePoint(long EventVersion, DateTimeOffset At, int Score, ReadinessStatus Status, ImmutableArray<ReadinessReasonCode> Reasons);
