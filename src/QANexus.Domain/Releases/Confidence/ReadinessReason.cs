namespace QANexus.Domain.Releases.Confidence;

/// <summary>Why a release is not ready, or what to know about a score.</summary>
/// <param name="Code">Which reason.</param>
/// <param name="Current">What there is: a percentage, a score or a count.</param>
/// <param name="Threshold">What is asked.</param>
/// <param name="Source">The pillar whose data are unavailable.</param>
public sealed record ReadinessReason(ReadinessReasonCode Code, decimal? Current = null, int? Threshold = null, Pillar? Source = null);
