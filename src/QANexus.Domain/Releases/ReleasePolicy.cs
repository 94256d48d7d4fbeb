using QANexus.Domain.Releases.Confidence;

namespace QANexus.Domain.Releases;

/// <summary>What a tenant asks of a release.</summary>
public sealed record ReleasePolicy
{
    /// <summary>As where nobody has said otherwise.</summary>
    public static ReleasePolicy Default { get; } = new();

    /// <summary>The gates.</summary>
    public ConfidenceThresholds Thresholds { get; init; } = ConfidenceThresholds.Default;

    /// <summary>A score older than this says nothing about today.</summary>
    public TimeSpan MaxScoreAge { get; init; } = TimeSpan.FromHours(24);
}
