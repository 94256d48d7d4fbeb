using QANexus.Domain.Arithmetic;
using QANexus.Domain.Rules;

namespace QANexus.Domain.Releases.Confidence;

/// <summary>What a score is made of. A source that could not answer, or has no data, is absent: it counts nothing and never passes.</summary>
public sealed record ReadinessInputs
{
    /// <summary>Quality and testing.</summary>
    public TestEvidence? Tests { get; init; }

    /// <summary>Bugs.</summary>
    public BugCounts? Bugs { get; init; }

    /// <summary>Ready of all requirements.</summary>
    public Ratio? Requirements { get; init; }

    /// <summary>Security and operations.</summary>
    public Ratio? Security { get; init; }

    /// <summary>The first source that is out of range: <c>rcs.{pillar}.range</c>.</summary>
    public RuleViolation? FindViolation() =>
        Tests is { IsValid: false } ? OutOfRange("qualityTesting", "a pass rate from 0 to 100 %")
        : Bugs is { IsValid: false } ? OutOfRange("bugs", "counts of at least 0")
        : Requirements is { IsValid: false } ? OutOfRange("requirementsPlanning", "a share from 0 to 100 %")
        : Security is { IsValid: false } ? OutOfRange("securityOps", "a share from 0 to 100 % with at most four decimals")
        : null;

    private static RuleViolation OutOfRange(string pillar, string what) => new($"rcs.{pillar}.range", $"{pillar} must be {what}.");
}
