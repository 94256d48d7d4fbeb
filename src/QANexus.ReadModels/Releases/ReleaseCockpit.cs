using System.Collections.Immutable;
using QANexus.Domain.Releases;
using QANexus.Domain.Releases.Confidence;

namespace QANexus.ReadModels.Releases;

/// <summary>A release as lists and its cockpit show it. Its open bugs and test runs are in the view <c>dashboard</c>, under the same id.</summary>
/// <param name="Release">The release, with the whole of its last score: pillars, gates, reasons, recommendations, and the override in force.</param>
/// <param name="Scores">The last <see cref="MaxScores"/> scores, oldest first.</param>
internal sealed record ReleaseCockpit(ReleaseState Release, ImmutableArray<ReleaseCockpit.Score> Scores)
{
    public const int MaxScores = 50;

    /// <summary>Whether it may go on: ready, or overridden.</summary>
    public bool GatesOpen => Release.IsReady || Release.Override is not null;

    /// <summary>One evaluation.</summary>
    /// <param name="At">When.</param>
    /// <param name="Total">0-100.</param>
    /// <param name="Status">What it said.</param>
    internal sealed record Score(DateTimeOffset At, int Total, ReadinessStatus Status);
}
