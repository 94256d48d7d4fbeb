using System.Collections.Immutable;
using QANexus.Domain.Arithmetic;
using QANexus.Domain.Releases.Confidence;

namespace QANexus.Api.Releases;

/// <summary>
/// What security and operations say of a release: a percentage, or what the latest finished check of each kind found. Nothing for what they said last. All
/// else that a release is judged by comes from the tenant's own events, never from the caller.
/// </summary>
internal sealed record EvaluateReleaseBody
{
    public decimal? SecurityScorePercentage { get; set; }

    public ImmutableArray<SecurityFindings>? SecurityFindings { get; set; }

    public Ratio? ToSecurity() =>
        SecurityScorePercentage is { } percent ? Ratio.OfPercent(percent)
        : SecurityFindings is { } findings ? Domain.Releases.Confidence.SecurityFindings.Share(findings)
        : null;
}
