using System.Collections.Immutable;
using System.Numerics;
using System.Text.Json.Serialization;
using QANexus.Domain.Arithmetic;

namespace QANexus.Domain.Releases.Confidence;

/// <summary>
/// The release confidence score: 40 % tests, 30 % bugs, 20 % requirements, 10 % security, computed exactly and rounded once, halves up.
/// It keeps what it was computed from, and what it said then stays said when thresholds change later.
/// </summary>
public sealed record ReleaseConfidenceScore
{
    private static readonly ImmutableArray<(Pillar Pillar, int Weight)> Weights =
        [(Pillar.QualityTesting, 40), (Pillar.Bugs, 30), (Pillar.RequirementsPlanning, 20), (Pillar.SecurityOps, 10)];

    public required ReadinessInputs Inputs { get; init; }

    public required ConfidenceThresholds Thresholds { get; init; }

    /// <summary>0-100.</summary>
    public required int Total { get; init; }

    public required ReadinessStatus Status { get; init; }

    public required ImmutableArray<PillarScore> Pillars { get; init; }

    public required ImmutableArray<GateResult> Gates { get; init; }

    public required ImmutableArray<ReadinessReason> Reasons { get; init; }

    public required ImmutableArray<Recommendation> Recommendations { get; init; }

    /// <summary>Every required gate is open and every source has answered.</summary>
    [JsonIgnore]
    public bool PassesAllGates => Status == ReadinessStatus.Ready;

    /// <summary>The required gates that are shut.</summary>
    [JsonIgnore]
    public ImmutableArray<Gate> FailedGates => [.. Gates.Where(static gate => gate is { Required: true, Passed: false }).Select(static gate => gate.Gate)];

    /// <param name="inputs">Valid ones: <see cref="ReadinessInputs.FindViolation"/>.</param>
    /// <param name="thresholds">The gates.</param>
    /// <exception cref="ArgumentException">The inputs are out of range.</exception>
    public static ReleaseConfidenceScore Calculate(ReadinessInputs inputs, ConfidenceThresholds thresholds)
    {
        if (inputs.FindViolation() is { } violation)
        {
            throw new ArgumentException(violation.Message, nameof(inputs));
        }

        var shares = Weights.Select(pillar => Share(inputs, pillar.Pillar)).ToArray();
        var total = (int)WeightedTotal(shares);
        ImmutableArray<PillarScore> pillars = [.. Weights.Zip(shares, (pillar, share) => Score(pillar.Pillar, pillar.Weight, share, thresholds))];
        var gates = GatesOf(inputs, thresholds, total);
        var passes = gates.All(static gate => gate.Passed || !gate.Required) && shares.All(static share => share is not null);
        return new ReleaseConfidenceScore
        {
            Inputs = inputs,
            Thresholds = thresholds,
            Total = total,
            Pillars = pillars,
            Gates = gates,
            Status = passes ? ReadinessStatus.Ready
                : inputs.Bugs is { HasBlocking: true } || total < thresholds.BlockedBelow ? ReadinessStatus.Blocked
                : ReadinessStatus.Warning,
            Reasons = [.. ReasonsOf(inputs, thresholds, total)],
            Recommendations = RecommendationsOf(pillars),
        };
    }

    /// <summary>Equal when computed from the same: one critical bug is not two high ones, though both leave the pillar at 60.</summary>
    public bool Equals(ReleaseConfidenceScore? other) => other is not null && Inputs == other.Inputs && Thresholds == other.Thresholds && Total == other.Total && Status == other.Status;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Inputs, Thresholds, Total, Status);

    private static Ratio? Share(ReadinessInputs inputs, Pillar pillar) => pillar switch
    {
        Pillar.QualityTesting => inputs.Tests?.PassRate,
        Pillar.Bugs => inputs.Bugs is { } bugs ? new Ratio(bugs.Pillar, 100) : null,
        Pillar.RequirementsPlanning => inputs.Requirements,
        _ => inputs.Security,
    };

    /// <summary>One fraction, rounded once: a third and two thirds that make a half must make a half.</summary>
    private static BigInteger WeightedTotal(IReadOnlyList<Ratio?> shares)
    {
        var (numerator, denominator) = (BigInteger.Zero, BigInteger.One);
        foreach (var ((_, weight), share) in Weights.Zip(shares))
        {
            if (share is { Whole: > 0 } known)
            {
                numerator = (numerator * known.Whole) + (weight * (BigInteger)known.Part * denominator);
                denominator *= known.Whole;
            }
        }

        return Rounded.Quotient(numerator, denominator);
    }

    private static PillarScore Score(Pillar pillar, int weight, Ratio? share, ConfidenceThresholds thresholds)
    {
        var threshold = pillar switch
        {
            Pillar.QualityTesting => thresholds.MinimumPassRate,
            Pillar.Bugs => 100,
            Pillar.RequirementsPlanning => thresholds.MinimumReadyRequirements,
            _ => thresholds.MinimumSecurity,
        };
        var contribution = share is { Whole: > 0 } known ? (int)Rounded.Quotient(weight * (BigInteger)known.Part, known.Whole) : 0;
        return new PillarScore(pillar, share?.Percent, weight, contribution, threshold, share is { } there && there.IsAtLeast(threshold));
    }

    private static ImmutableArray<GateResult> GatesOf(ReadinessInputs inputs, ConfidenceThresholds thresholds, int total) =>
    [
        new(Gate.RcsScore, Required: true, total >= thresholds.MinimumScore, thresholds.MinimumScore, total),
        new(
            Gate.TestCoverage, Required: true, inputs.Tests is { IsComplete: true } tests && tests.PassRate.IsAtLeast(thresholds.MinimumPassRate),
            thresholds.MinimumPassRate, inputs.Tests?.PassRate.Percent),
        new(Gate.CriticalBugs, Required: true, inputs.Bugs is { HasBlocking: false }, 0, inputs.Bugs is { } bugs ? Math.Max(bugs.Critical, bugs.P0) : null),
        new(
            Gate.RequirementsReadiness, Required: false, inputs.Requirements is { } ready && ready.IsAtLeast(thresholds.MinimumReadyRequirements),
            thresholds.MinimumReadyRequirements, inputs.Requirements?.Percent),
        new(
            Gate.Security, Required: false, inputs.Security is { } security && security.IsAtLeast(thresholds.MinimumSecurity),
            thresholds.MinimumSecurity, inputs.Security?.Percent),
        new(Gate.HighSeverityBugs, Required: false, inputs.Bugs is { } open && open.High <= thresholds.MaximumHighBugs, thresholds.MaximumHighBugs, inputs.Bugs?.High),
    ];

    private static IEnumerable<ReadinessReason> ReasonsOf(ReadinessInputs inputs, ConfidenceThresholds thresholds, int total)
    {
        var low = total < thresholds.MinimumScore;
        if (inputs.Bugs is { Critical: > 0 } critical)
        {
            yield return new(ReadinessReasonCode.CriticalBugs, critical.Critical, 0);
        }

        if (inputs.Bugs is { P0: > 0 } urgent)
        {
            yield return new(ReadinessReasonCode.P0Bugs, urgent.P0, 0);
        }

        if (low)
        {
            yield return new(ReadinessReasonCode.RcsTooLow, total, thresholds.MinimumScore);
        }

        if (inputs.Tests is { } tests && !tests.PassRate.IsAtLeast(thresholds.MinimumPassRate))
        {
            yield return new(ReadinessReasonCode.TestPassRateLow, tests.PassRate.Percent, thresholds.MinimumPassRate);
        }

        if (low && inputs.Requirements is { } ready && !ready.IsAtLeast(thresholds.MinimumReadyRequirements))
        {
            yield return new(ReadinessReasonCode.RequirementsNotReady, ready.Percent, thresholds.MinimumReadyRequirements);
        }

        if (inputs.Tests is { IsComplete: false })
        {
            yield return new(ReadinessReasonCode.TestRunIncomplete);
        }

        foreach (var (pillar, _) in Weights)
        {
            if (Share(inputs, pillar) is null)
            {
                yield return new(ReadinessReasonCode.DataUnavailable, Source: pillar);
            }
        }

        if (inputs.Bugs is { Untriaged: > 0 } untriaged)
        {
            yield return new(ReadinessReasonCode.UntriagedBugs, untriaged.Untriaged);
        }
    }

    private static ImmutableArray<Recommendation> RecommendationsOf(ImmutableArray<PillarScore> pillars)
    {
        ImmutableArray<Recommendation> open =
        [
            .. pillars.Where(static pillar => !pillar.Passed).Select(static pillar => pillar.Pillar switch
            {
                Pillar.QualityTesting => Recommendation.RaisePassRate,
                Pillar.Bugs => Recommendation.FixRemainingBugs,
                Pillar.RequirementsPlanning => Recommendation.CompleteRequirements,
                _ => Recommendation.AddressSecurity,
            }),
        ];
        return open.IsEmpty ? [Recommendation.NothingToImprove] : open;
    }
}
