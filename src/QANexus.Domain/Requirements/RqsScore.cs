using System.Collections.Immutable;
using System.Text.Json.Serialization;
using QANexus.Domain.Arithmetic;
using QANexus.Domain.Rules;

namespace QANexus.Domain.Requirements;

/// <summary>
/// The requirement quality score as the analyser gave it: five numbers from 0 to 100 with at most four decimals. The overall score is the
/// analyser's own judgement and not computed from the dimensions.
/// </summary>
public sealed record RqsScore
{
    private const decimal SuspiciousDistance = 15;
    private const int Decimals = 4;

    public required decimal Score { get; init; }

    public required decimal Clarity { get; init; }

    public required decimal Completeness { get; init; }

    public required decimal Testability { get; init; }

    public required decimal Consistency { get; init; }

    public ImmutableArray<string> Feedback { get; init; } = [];

    /// <summary>How the score is shown.</summary>
    [JsonIgnore]
    public QualityBand Band => Score >= 80 ? QualityBand.High : Score >= 60 ? QualityBand.Medium : QualityBand.Low;

    /// <summary>The lowest dimension, the first of equals; none where all four are equal.</summary>
    [JsonIgnore]
    public QualityDimension? Weakest => AllEqual ? null : Dimensions.MinBy(static dimension => dimension.Value).Dimension;

    /// <summary>The highest dimension, the first of equals; none where all four are equal.</summary>
    [JsonIgnore]
    public QualityDimension? Strongest => AllEqual ? null : Dimensions.MaxBy(static dimension => dimension.Value).Dimension;

    /// <summary>The mean of the dimensions, rounded.</summary>
    [JsonIgnore]
    public decimal AverageDimensionScore => Rounded.HalfUp(Mean);

    /// <summary>Whether the overall score lies more than 15 from the mean of its dimensions, which an analyser should explain.</summary>
    [JsonIgnore]
    public bool ContradictsItsDimensions => Math.Abs(Score - Mean) > SuspiciousDistance;

    private decimal Mean => (Clarity + Completeness + Testability + Consistency) / 4;

    private bool AllEqual => Clarity == Completeness && Completeness == Testability && Testability == Consistency;

    private (QualityDimension Dimension, decimal Value)[] Dimensions =>
    [
        (QualityDimension.Clarity, Clarity), (QualityDimension.Completeness, Completeness),
        (QualityDimension.Testability, Testability), (QualityDimension.Consistency, Consistency),
    ];

    /// <summary>Whether a number is from 0 to 100 with at most four decimals.</summary>
    public static bool IsScore(decimal value) => value is >= 0 and <= 100 && decimal.Round(value, Decimals) == value;

    /// <summary>The first number that is none: <c>rqs.{field}.range</c>.</summary>
    public RuleViolation? FindViolation()
    {
        foreach (var (field, value) in new[]
        {
            ("score", Score), ("clarity", Clarity), ("completeness", Completeness), ("testability", Testability), ("consistency", Consistency),
        })
        {
            if (!IsScore(value))
            {
                return new RuleViolation($"rqs.{field}.range", $"{field} must be from 0 to 100 with at most {Decimals} decimals.");
            }
        }

        return null;
    }

    /// <summary>All five numbers, and the feedback in its order.</summary>
    public bool Equals(RqsScore? other) =>
        other is not null && (Score, Clarity, Completeness, Testability, Consistency) == (other.Score, other.Clarity, other.Completeness, other.Testability, other.Consistency)
        && Feedback.SequenceEqual(other.Feedback, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Score, Clarity, Completeness, Testability, Consistency, Feedback.Length);
}
