using QANexus.LocalHost.Functions.ChangeFeed;

namespace QANexus.LocalHost.Tests.Functions.ChangeFeed;

public sealed class BatchPaceTests
{
    [Theory]
    [InlineData(1, 900, 0, 0, 250)]
    [InlineData(99, 200_000, 0, 100, 150)]
    [InlineData(99, 900, -1, 249, 1)]
    [InlineData(4, 900, 5, 10, 240)]
    public void Changes_gather_while_the_page_was_not_full(int documents, int characters, int maxItems, int took, int pause)
    {
        Assert.Equal(TimeSpan.FromMilliseconds(pause), BatchPace.PauseAfter(documents, characters, maxItems, TimeSpan.FromMilliseconds(took)));
    }

    [Theory]
    [InlineData(100, 900, 0, 0)]
    [InlineData(5, 900, 5, 0)]
    [InlineData(1, 900, 0, 250)]
    [InlineData(1, 900, 0, 60_000)]
    [InlineData(9, 1_000_000, 0, 0)]
    public void A_full_page_a_large_one_and_a_long_call_are_followed_at_once(int documents, int characters, int maxItems, int took)
    {
        Assert.Equal(TimeSpan.Zero, BatchPace.PauseAfter(documents, characters, maxItems, TimeSpan.FromMilliseconds(took)));
    }
}
