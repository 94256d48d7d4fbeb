using System.Text.Json.Serialization;
using QANexus.Domain.Bugs;

namespace QANexus.Domain.Releases.Confidence;

/// <summary>The bugs that a release has to answer for, by severity.</summary>
/// <param name="P0">Those of them that have priority P0, whatever their severity.</param>
/// <param name="Untriaged">Those that have no severity yet.</param>
public sealed record BugCounts(int Critical = 0, int High = 0, int Medium = 0, int Low = 0, int P0 = 0, int Untriaged = 0)
{
    /// <summary>None at all.</summary>
    public static BugCounts None { get; } = new();

    /// <summary>Every count is one.</summary>
    [JsonIgnore]
    public bool IsValid => Critical >= 0 && High >= 0 && Medium >= 0 && Low >= 0 && P0 >= 0 && Untriaged >= 0;

    /// <summary>Whether one of them alone stops the release.</summary>
    [JsonIgnore]
    public bool HasBlocking => Critical > 0 || P0 > 0;

    /// <summary>100 less what every bug takes away, at least 0; an untriaged one takes what a medium one does.</summary>
    [JsonIgnore]
    public int Pillar => (int)Math.Max(0, 100 - Deduction);

    private long Deduction =>
        ((long)SeverityFacts.Of(BugSeverity.Critical).Deduction * Critical) + ((long)SeverityFacts.Of(BugSeverity.High).Deduction * High)
        + ((long)SeverityFacts.Of(BugSeverity.Medium).Deduction * Medium) + ((long)SeverityFacts.Of(BugSeverity.Low).Deduction * Low)
        + ((long)SeverityFacts.Of(null).Deduction * Untriaged);
}
