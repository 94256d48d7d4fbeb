namespace QANexus.Domain.Releases.Confidence;

/// <summary>Where the gates stand.</summary>
public sealed record ConfidenceThresholds
{
    /// <summary>As where nobody has said otherwise.</summary>
    public static ConfidenceThresholds Default { get; } = new();

    /// <summary>The least total; required.</summary>
    public int MinimumScore { get; init; } = 75;

    /// <summary>The least pass rate in percent, compared exactly; required.</summary>
    public int MinimumPassRate { get; init; } = 80;

    /// <summary>Ready requirements in percent; advisory.</summary>
    public int MinimumReadyRequirements { get; init; } = 90;

    /// <summary>Security and operations in percent; advisory.</summary>
    public int MinimumSecurity { get; init; } = 70;

    /// <summary>Open bugs of high severity; advisory.</summary>
    public int MaximumHighBugs { get; init; } = 2;

    /// <summary>A total below it blocks instead of warning.</summary>
    public int BlockedBelow { get; init; } = 50;
}
