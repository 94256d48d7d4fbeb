namespace QANexus.Domain.Requirements;

/// <summary>What a tenant asks of a requirement before it is approved.</summary>
public sealed record RequirementPolicy
{
    /// <summary>As where nobody has said otherwise.</summary>
    public static RequirementPolicy Default { get; } = new();

    /// <summary>The least score that can be approved and planned.</summary>
    public decimal MinimumRqs { get; init; } = 75;

    /// <summary>Whether a requirement that nobody analysed can be approved.</summary>
    public bool WaivesAnalysis { get; init; }
}
