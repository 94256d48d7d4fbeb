using CsCheck;
using QANexus.Domain.Arithmetic;

namespace QANexus.Domain.Tests.Arithmetic;

public sealed class RatioTests
{
    [Theory]
    [InlineData(1, 2, 50)]
    [InlineData(1, 200, 1)]
    [InlineData(1, 201, 0)]
    [InlineData(159, 200, 80)]
    [InlineData(5, 13, 38)]
    [InlineData(0, 0, 0)]
    public void A_whole_percentage_rounds_halves_up(long part, long whole, int percent) => Assert.Equal(percent, new Ratio(part, whole).WholePercent);

    [Fact]
    public void Whether_a_share_is_reached_is_never_decided_by_rounding() =>
        Gen.Select(Gen.Long[0, 1_000_000_000_000], Gen.Long[1, 1_000_000_000_000], Gen.Int[0, 100]).Sample(static (part, whole, percent) =>
            Assert.Equal((System.Numerics.BigInteger)part * 100 >= (System.Numerics.BigInteger)percent * whole, new Ratio(part, whole).IsAtLeast(percent)));

    [Theory]
    [InlineData(85.5, true)]
    [InlineData(0, true)]
    [InlineData(100, true)]
    [InlineData(100.0001, false)]
    [InlineData(-0.0001, false)]
    [InlineData(1e20, false)]
    [InlineData(79.99995, false)]
    [InlineData(69.99999, false)]
    public void A_percentage_becomes_a_share_if_it_is_one(decimal percent, bool valid)
    {
        Assert.Equal(valid, Ratio.OfPercent(percent).IsValid);
        if (valid)
        {
            Assert.Equal(percent, Ratio.OfPercent(percent).Percent);
        }
    }
}
