using System.Collections.Immutable;
using System.Text.Json.Serialization;
using QANexus.Domain.Releases.Confidence;

namespace QANexus.Domain.Releases;

/// <summary>A release.</summary>
public sealed record ReleaseState
{
    public static ReleaseState Initial { get; } = new();

    /// <summary>Nothing before the first event.</summary>
    public string? Id { get; init; }

    public string Version { get; init; } = string.Empty;

    public string Environment { get; init; } = string.Empty;

    public ReleaseStatus Status { get; init; }

    /// <summary>The total of the last evaluation.</summary>
    public int? ReadinessScore { get; init; }

    public ReadinessStatus? ReadinessStatus { get; init; }

    /// <summary>The whole last score.</summary>
    public ReleaseConfidenceScore? Confidence { get; init; }

    public DateTimeOffset? ReadinessEvaluatedAt { get; init; }

    /// <summary>The reasons of the last evaluation; why somebody stopped the release is in <see cref="BlockReason"/>.</summary>
    public ImmutableArray<ReadinessReason> BlockingReasons { get; init; } = [];

    public string? BlockReason { get; init; }

    public string? AbortReason { get; init; }

    /// <summary>Gone with the next evaluation.</summary>
    public GateOverride? Override { get; init; }

    public DateTimeOffset? ReleasedAt { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }

    [JsonIgnore]
    public bool Exists => Id is not null;

    [JsonIgnore]
    public bool IsEvaluated => ReadinessEvaluatedAt is not null;

    /// <summary>The last evaluation passed all gates.</summary>
    [JsonIgnore]
    public bool IsReady => ReadinessStatus is Domain.Releases.Confidence.ReadinessStatus.Ready;

    [JsonIgnore]
    public bool IsReleased => Status == ReleaseStatus.Released && ReleasedAt is not null;
}
