using System.Collections.Immutable;
using QANexus.Domain.Json;
using QANexus.Domain.Releases.Confidence;

namespace QANexus.Domain.Releases;

/// <summary>A release was planned.</summary>
public sealed record ReleaseCreated(string Version = "", string Environment = "");

/// <summary>Its readiness was evaluated.</summary>
/// <param name="Score">The total.</param>
/// <param name="Confidence">The whole score, with what it was computed from.</param>
/// <param name="ExpiresAt">Until when a score that passes may be acted upon.</param>
public sealed record ReleaseReadinessEvaluated(
    string Version = "",
    int Score = 0,
    ReadinessStatus Status = ReadinessStatus.Blocked,
    bool PassesAllGates = false,
    ReleaseConfidenceScore? Confidence = null,
    DateTimeOffset? ExpiresAt = null);

/// <summary>It became ready, having not been. Version 2 of the event.</summary>
/// <param name="DeploymentWindow">When it may be deployed; since version 2.</param>
public sealed record ReleaseReadinessAchieved(string Version = "", int Score = 0, DeploymentWindow? DeploymentWindow = null);

/// <summary>Work on it began.</summary>
/// <param name="Overridden">Not because it was ready but because somebody took it upon them.</param>
public sealed record ReleaseActivated(bool Overridden = false);

/// <summary>Nothing more goes into it.</summary>
public sealed record ReleaseFrozen;

/// <summary>It is out.</summary>
public sealed record ReleaseReleased(string Version = "", string Environment = "", int Score = 0, DateTimeOffset? ReleasedAt = null, bool Overridden = false);

/// <summary>Somebody stopped it.</summary>
public sealed record ReleaseBlocked(string Version = "", string? Reason = null);

/// <summary>It goes on: a fresh evaluation passed, or somebody who may lifted the block.</summary>
public sealed record ReleaseUnblocked(bool ByEvaluation = false);

/// <summary>It was given up.</summary>
public sealed record ReleaseAborted(string? Reason = null);

/// <summary>Somebody took it upon them to go on without the gates, until the next evaluation.</summary>
/// <param name="Gates">The required gates that were shut.</param>
public sealed record ReleaseGateOverridden(
    string? Reason = null, ImmutableArray<Gate> Gates = default, string? OverriddenBy = null, string? Role = null, int Score = 0)
{
    public ImmutableArray<Gate> Gates { get; init; } = Gates.OrEmpty();
}

/// <summary>The last check before the deployment passed: whoever deploys may do so.</summary>
/// <param name="ExpiresAt">Until when, and no longer.</param>
public sealed record DeploymentEnabled(string Version = "", int Score = 0, DateTimeOffset? ExpiresAt = null);

/// <summary>The last check before the deployment failed.</summary>
public sealed record DeploymentAborted(string? Reason = null);
