using CsCheck;
using QANexus.Benchmarks.Load;

namespace QANexus.Benchmarks.Tests.Load;

public sealed class LatencyHistogramTests
{
    [Fact]
    public void Without_latencies_there_are_no_percentiles()
    {
        var histogram = new LatencyHistogram();
        Assert.Equal((0, TimeSpan.Zero, TimeSpan.Zero), (histogram.Count, histogram.Percentile(99), histogram.Max));
    }

    [Theory]
    [InlineData(50, 50)]
    [InlineData(99, 99)]
    [InlineData(99.9, 100)]
    [InlineData(100, 100)]
    public void The_percentile_is_the_latency_that_this_share_did_not_exceed(double percent, int microseconds)
    {
        var histogram = new LatencyHistogram();
        foreach (var latency in Enumerable.Range(1, 100))
        {
            histogram.Record(TimeSpan.FromMicroseconds(latency));
        }

        Assert.Equal(TimeSpan.FromMicroseconds(microseconds), histogram.Percentile(percent));
    }

    [Fact]
    public void Percentiles_are_right_to_a_128th_and_never_too_low() => Gen.Long[1, 10_000_000_000].Array[1, 200].Sample(microseconds =>
    {
        var histogram = new LatencyHistogram();
        Array.ForEach(microseconds, value => histogram.Record(TimeSpan.FromMicroseconds(value)));
        Array.Sort(microseconds);
        foreach (var percent in new[] { 1, 50, 95, 99.9, 100 })
        {
            var exact = microseconds[(int)Math.Ceiling(microseconds.Length * percent / 100) - 1];
            Assert.InRange(histogram.Percentile(percent).TotalMicroseconds, exact, exact * (1 + (1 / 128.0)));
        }

        Assert.Equal(TimeSpan.FromMicroseconds(microseconds[^1]), histogram.Max);
    });

    [Fact]
    public void Nothing_is_lost_where_many_record_at_once()
    {
        var histogram = new LatencyHistogram();
        Parallel.For(0, 100_000, n => histogram.Record(TimeSpan.FromMicroseconds(n % 1_000)));
        Assert.Equal((100_000, TimeSpan.FromMicroseconds(999)), (histogram.Count, histogram.Max));
    }
}
