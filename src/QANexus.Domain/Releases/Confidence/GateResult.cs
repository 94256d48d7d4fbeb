namespace QANexus.Domain.Releases.Confidence;

/// <summary>One gate.</summary>
/// <param name="Gate">Which.</param>
/// <param name="Required">Whether a release stops there; the others advise.</param>
/// <param name="Passed">Whether it is open.</param>
/// <param name="Threshold">The least, or for bugs the most, that is let through.</param>
/// <param name="Current">What there is; nothing where the source is unavailable.</param>
public sealed record GateResult(Gate Gate, bool Required, bool Passed, int Threshold, decimal? Current);
