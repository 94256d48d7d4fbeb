using System.Collections.Immutable;
using QANexus.Domain.Requirements;

namespace QANexus.Api.Requirements;

/// <summary>What an analyser says of a requirement.</summary>
internal sealed record AnalyzeRequirementBody
{
    public required decimal Score { get; init; }

    public required decimal Clarity { get; init; }

    public required decimal Completeness { get; init; }

    public required decimal Testability { get; init; }

    public required decimal Consistency { get; init; }

    public ImmutableArray<string> Feedback { get; set; } = [];

    public RqsScore ToScore() => new()
    {
        Score = Score, Clarity = Clarity, Completeness = Completeness, Testability = Testability, Consistency = Consistency, Feedback = Feedback,
    };
}
