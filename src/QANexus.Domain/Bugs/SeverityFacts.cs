using System.Collections.Frozen;

namespace QANexus.Domain.Bugs;

/// <summary>What follows from a severity.</summary>
/// <param name="Weight">In the impact, 0-100.</param>
/// <param name="Response">Within what time somebody answers.</param>
/// <param name="Deduction">From the bug pillar of a release.</param>
/// <param name="BlocksRelease">Whether one of them alone stops a release.</param>
/// <param name="IsBlocking">Whether it belongs to the blocking category.</param>
public sealed record SeverityFacts(int Weight, TimeSpan Response, int Deduction, bool BlocksRelease, bool IsBlocking)
{
    private static readonly FrozenDictionary<BugSeverity, SeverityFacts> Table = new Dictionary<BugSeverity, SeverityFacts>
    {
        [BugSeverity.Critical] = new(100, TimeSpan.FromHours(1), 40, BlocksRelease: true, IsBlocking: true),
        [BugSeverity.High] = new(75, TimeSpan.FromHours(4), 20, BlocksRelease: false, IsBlocking: true),
        [BugSeverity.Medium] = new(40, TimeSpan.FromHours(24), 10, BlocksRelease: false, IsBlocking: false),
        [BugSeverity.Low] = new(10, TimeSpan.FromHours(72), 2, BlocksRelease: false, IsBlocking: false),
    }.ToFrozenDictionary();

    private static readonly SeverityFacts Untriaged = new(0, TimeSpan.FromHours(72), Table[BugSeverity.Medium].Deduction, BlocksRelease: false, IsBlocking: false);

    /// <summary>A bug that nobody has triaged counts as MEDIUM against a release and weighs nothing in an impact.</summary>
    public static SeverityFacts Of(BugSeverity? severity) => severity is { } known ? Table[known] : Untriaged;
}
