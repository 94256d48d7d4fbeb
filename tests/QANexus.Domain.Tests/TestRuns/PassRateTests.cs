using QANexus.Domain.TestRuns;
using QANexus.Domain.Words;

namespace QANexus.Domain.Tests.TestRuns;

public sealed class PassRateTests
{
    [Theory]
    [InlineData(100, "EXCELLENT")]
    [InlineData(95, "EXCELLENT")]
    [InlineData(94, "GOOD")]
    [InlineData(85, "GOOD")]
    [InlineData(84, "ACCEPTABLE")]
    [InlineData(75, "ACCEPTABLE")]
    [InlineData(74, "NEEDS_ATTENTION")]
    [InlineData(50, "NEEDS_ATTENTION")]
    [InlineData(49, "CRITICAL")]
    [InlineData(0, "CRITICAL")]
    public void A_pass_rate_has_a_band(int percent, string band) => Assert.Equal(band, Word.Of(new PassRate(percent, 100).Band));

    [Theory]
    [InlineData(80, 100, true)]
    [InlineData(79, 100, false)]
    [InlineData(159, 200, false)]
    [InlineData(160, 200, true)]
    [InlineData(0, 0, false)]
    public void The_gate_is_compared_exactly(int passed, int executed, bool open) => Assert.Equal(open, new PassRate(passed, executed).MeetsReleaseGate);

    [Fact]
    public void A_rate_is_rounded_only_to_be_shown() => Assert.Equal((80, 67, 0), (new PassRate(159, 200).Percent, new PassRate(2, 3).Percent, new PassRate(0, 0).Percent));

    [Theory]
    [InlineData(80, 82, PassRateTrend.Stable)]
    [InlineData(80, 83, PassRateTrend.Improving)]
    [InlineData(80, 78, PassRateTrend.Stable)]
    [InlineData(80, 77, PassRateTrend.Declining)]
    public void Two_points_up_or_down_are_stable(int before, int now, PassRateTrend trend) =>
        Assert.Equal(trend, new PassRate(now, 100).TrendSince(new PassRate(before, 100)));

    [Fact]
    public void A_trend_compares_exact_rates()
    {
        // 82.4 % shows as 82 and is more than two points above 80.
        Assert.Equal(PassRateTrend.Improving, new PassRate(824, 1000).TrendSince(new PassRate(4, 5)));
        Assert.Equal(PassRateTrend.Stable, new PassRate(0, 0).TrendSince(new PassRate(0, 7)));
    }

    [Theory]
    [InlineData(70, 100, 80, 10)]
    [InlineData(0, 3, 80, 3)]
    [InlineData(0, 25, 28, 7)]
    [InlineData(90, 100, 80, 0)]
    public void The_passes_still_needed_are_counted_in_whole_numbers(int passed, int total, int target, int needed) =>
        Assert.Equal(needed, new PassRate(passed, total).PassesNeededFor(target));
}
