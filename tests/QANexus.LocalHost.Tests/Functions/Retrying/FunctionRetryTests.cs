using QANexus.LocalHost.Functions.Retrying;

namespace QANexus.LocalHost.Tests.Functions.Retrying;

public sealed class FunctionRetryTests
{
    private static readonly FunctionRetry Growing = new(-1, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));

    [Theory]
    [InlineData(1, 0, 1)]
    [InlineData(1, 1, 1)]
    [InlineData(2, 0, 1.8)]
    [InlineData(2, 1, 2.2)]
    [InlineData(5, 0.5, 9)]
    [InlineData(7, 0.5, 33)]
    [InlineData(8, 0, 52.2)]
    [InlineData(8, 1, 60)]
    [InlineData(9, 0, 60)]
    [InlineData(int.MaxValue, 0, 60)]
    public void A_growing_delay_doubles_its_distance_to_the_minimum_give_or_take_a_fifth(int retry, double spread, double seconds)
    {
        Assert.Equal(seconds, Growing.DelayBefore(retry, spread).TotalSeconds, tolerance: 0.001);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public void A_fixed_delay_never_changes(int seconds)
    {
        var retry = new FunctionRetry(3, TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(seconds));

        Assert.All([1, 2, 3, 100], number => Assert.Equal(TimeSpan.FromSeconds(seconds), retry.DelayBefore(number, 1)));
    }

    [Theory]
    [InlineData(0, 1, false)]
    [InlineData(2, 2, true)]
    [InlineData(2, 3, false)]
    [InlineData(-1, int.MaxValue, true)]
    public void The_count_is_of_repetitions_and_minus_one_is_without_end(int count, int retry, bool allowed)
    {
        Assert.Equal(allowed, new FunctionRetry(count, TimeSpan.Zero, TimeSpan.Zero).Allows(retry));
    }
}
