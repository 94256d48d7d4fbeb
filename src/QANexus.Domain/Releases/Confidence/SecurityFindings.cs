using System.Text.Json.Serialization;
using QANexus.Domain.Arithmetic;

namespace QANexus.Domain.Releases.Confidence;

/// <summary>What one security check found.</summary>
public sealed record SecurityFindings(int Critical = 0, int High = 0, int Medium = 0, int Low = 0)
{
    /// <summary>100 less 30, 15, 5 and 1 for each, at least 0.</summary>
    public int Score => (int)Math.Clamp(100 - (30L * Critical) - (15L * High) - (5L * Medium) - Low, 0, 100);

    /// <summary>Every count is one.</summary>
    [JsonIgnore]
    public bool IsValid => Critical >= 0 && High >= 0 && Medium >= 0 && Low >= 0;

    /// <summary>
    /// The rounded mean over the latest finished check of each type; nothing where no check has finished, for no data is never a pass. Counts that are none
    /// make a share that is not valid.
    /// </summary>
    public static Ratio? Share(IReadOnlyCollection<SecurityFindings> latestFinishedOfEachType) =>
        latestFinishedOfEachType.Count == 0
            ? null
            : latestFinishedOfEachType.Any(static check => !check.IsValid) ? new Ratio(-1, 100)
            : new Ratio((long)Rounded.Quotient(latestFinishedOfEachType.Sum(static check => (long)check.Score), latestFinishedOfEachType.Count), 100);
}
