using QANexus.Domain.Arithmetic;

namespace QANexus.Domain.TestRuns;

/// <summary>Passed of executed tests, exact; executed are passed, failed and blocked ones.</summary>
public readonly record struct PassRate(Ratio Ratio)
{
    /// <summary>What a release asks for, in percent.</summary>
    public const int ReleaseGate = 80;

    /// <summary>A difference of this many percentage points is still the same.</summary>
    private const int StablePoints = 2;

    public PassRate(long passed, long executed)
        : this(new Ratio(passed, executed))
    {
    }

    /// <summary>Whole percent, for display.</summary>
    public int Percent => Ratio.WholePercent;

    public PassRateBand Band =>
        Ratio.IsAtLeast(95) ? PassRateBand.Excellent
        : Ratio.IsAtLeast(85) ? PassRateBand.Good
        : Ratio.IsAtLeast(75) ? PassRateBand.Acceptable
        : Ratio.IsAtLeast(50) ? PassRateBand.NeedsAttention
        : PassRateBand.Critical;

    /// <summary>Exact: 159 of 200 does not.</summary>
    public bool MeetsReleaseGate => Ratio.IsAtLeast(ReleaseGate);

    /// <summary>How many tests more must pass, among as many as now, for the target.</summary>
    public long PassesNeededFor(int targetPercent) => Math.Max(0, (long)((((Int128)targetPercent * Ratio.Whole) + 99) / 100) - Ratio.Part);

    /// <summary>Against the run before: two percentage points up or down are stable. Exact, not a difference of rounded numbers.</summary>
    public PassRateTrend TrendSince(PassRate previous)
    {
        var (whole, before) = (Math.Max(Ratio.Whole, 1), Math.Max(previous.Ratio.Whole, 1));
        var difference = 100 * (((Int128)Ratio.Part * before) - ((Int128)previous.Ratio.Part * whole));
        var stable = (Int128)StablePoints * whole * before;
        return difference > stable ? PassRateTrend.Improving : difference < -stable ? PassRateTrend.Declining : PassRateTrend.Stable;
    }

    /// <summary>The colour of a band.</summary>
    public static string Colour(PassRateBand? band) => band switch
    {
        PassRateBand.Excellent => "#10b981",
        PassRateBand.Good => "#3b82f6",
        PassRateBand.Acceptable => "#f59e0b",
        PassRateBand.NeedsAttention => "#ef4444",
        PassRateBand.Critical => "#7f1d1d",
        _ => "#6b7280",
    };
}
