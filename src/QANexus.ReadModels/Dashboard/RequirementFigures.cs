using System.Collections.Immutable;
using QANexus.Domain.Arithmetic;
using QANexus.Domain.Requirements;
using QANexus.Domain.Words;

namespace QANexus.ReadModels.Dashboard;

/// <summary>The requirements of a tenant.</summary>
internal sealed record RequirementFigures
{
    public static RequirementFigures None { get; } = new();

    public int Total { get; init; }

    /// <summary>READY, APPROVED, BACKLOGGED and COMPLETED: what counts when a release is judged.</summary>
    public int Ready { get; init; }

    public ImmutableSortedDictionary<string, int> ByStatus { get; init => field = value.InOrder(); } = Tally.None;

    /// <summary>Those whose present text has a score.</summary>
    public int Scored { get; init; }

    /// <summary>The sum of these scores.</summary>
    public decimal ScoreSum { get; init; }

    /// <summary>Their mean, two decimals.</summary>
    public decimal? AverageScore => Scored == 0 ? null : Rounded.HalfUp(ScoreSum / Scored, 2);

    /// <summary>Those that were ever analysed.</summary>
    public int Analyzed { get; init; }

    /// <summary>With a requirement more, or with one taken out again.</summary>
    public RequirementFigures Count(RequirementState requirement, bool wasAnalyzed, int count) => new()
    {
        Total = Total + count,
        Ready = Ready + (RequirementLife.CountsAsReady(requirement.Status) ? count : 0),
        ByStatus = ByStatus.Count(Word.Of(requirement.Status), count),
        Scored = Scored + (requirement.Rqs is null ? 0 : count),
        ScoreSum = ScoreSum + (count * requirement.QualityScore),
        Analyzed = Analyzed + (wasAnalyzed ? count : 0),
    };
}
