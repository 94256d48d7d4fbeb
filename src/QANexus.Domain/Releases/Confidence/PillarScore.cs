namespace QANexus.Domain.Releases.Confidence;

/// <summary>One pillar as it is shown.</summary>
/// <param name="Pillar">Which.</param>
/// <param name="Score">0-100, two decimals; nothing where the source is unavailable.</param>
/// <param name="Weight">Its share of the total, in percent.</param>
/// <param name="Contribution">Score by weight, rounded for display: the four need not add up to the total.</param>
/// <param name="Threshold">Its own target.</param>
/// <param name="Passed">Whether the target is reached.</param>
public sealed record PillarScore(Pillar Pillar, decimal? Score, int Weight, int Contribution, int Threshold, bool Passed);
