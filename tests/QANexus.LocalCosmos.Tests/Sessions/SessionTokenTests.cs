using QANexus.LocalCosmos.Partitioning;
using QANexus.LocalCosmos.Sessions;

namespace QANexus.LocalCosmos.Tests.Sessions;

public sealed class SessionTokenTests
{
    private static readonly PartitionKeyRange s_range = new(1, EffectivePartitionKeyRange.Full, []);

    [Theory]
    [InlineData(null, 0)]
    [InlineData("", 0)]
    [InlineData("1:-1#42", 42)]
    [InlineData("0:-1#7,1:-1#42, 2:-1#9", 42)]
    [InlineData("1:-1#42#0=5#1=6", 42)]
    [InlineData("1:42", 42)]
    [InlineData("11:-1#42", 0)]
    [InlineData("1:-1#", 0)]
    [InlineData("1:-1#-5", 0)]
    [InlineData("1", 0)]
    [InlineData(":#,,1:x#y", 0)]
    public void A_token_demands_what_it_says_about_the_range(string? token, long demanded) =>
        Assert.Equal(demanded, SessionToken.Demanded(token, s_range));

    [Fact]
    public void What_is_printed_is_read_back() => Assert.Equal(77, SessionToken.Demanded(SessionToken.Of(s_range, 77), s_range));
}
