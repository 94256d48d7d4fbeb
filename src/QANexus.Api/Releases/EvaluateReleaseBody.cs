using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using QANexus.Domain.Arithmetic;
using QANexus.Domain.Releases.Confidence;

namespace QANexus.Api.Releases;

/// <summary>
/// What security and operations say of a release: a percentage, or what the latest finished check of each kind found. Nothing for what they said last. All
/// else that a release is judged by comes from the tenant's own events, never from the caller.
/// </summary>
internal sealed record EvaluateReleaseBody : IJsonOnDeserialized
{
    public decimal? SecurityScorePercentage { get; set; }

    public ImmutableArray<SecurityFindings>? SecurityFindings { get; set; }

    [JsonIgnore]
    public bool SaysSomething => SecurityScorePercentage is not null || SecurityFindings is not null;

    public void OnDeserialized()
    {
        if (SecurityScorePercentage is not null && SecurityFindings is not null)
        {
            throw new JsonException("must have securityScorePercentage or securityFindings, not both");
        }

        if (SecurityFindings is { IsEmpty: true })
        {
            throw new JsonException("must have a check in securityFindings: what was said last is not taken back by saying nothing");
        }
    }

    public Ratio? ToSecurity() =>
        SecurityScorePercentage is { } percent ? Ratio.OfPercent(percent)
        : SecurityFindings is { } findings ? Domain.Releases.Confidence.SecurityFindings.Share(findings)
        : null;
}
