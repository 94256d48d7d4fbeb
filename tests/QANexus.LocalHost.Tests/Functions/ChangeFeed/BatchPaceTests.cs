using QANexus.LocalHost.Functions.ChangeFeed;

namespace QANexus.LocalHost.Tests.Functions.ChangeFeed;

public sealed class BatchPaceTests
{
    [Theory]
    [InlineData(1, 0, 0, 250)]
    [InlineData(99, 0, 100, 150)]
    [InlineData(99, -1, 249, 1)]
    [InlineData(4, 5, 10, 240)]
    public void Changes_gather_while_the_page_was_not_full(int documents, int maxItems, int took, int pause)
    {
        Assert.Equal(TimeSpan.FromMilliseconds(pause), BatchPace.PauseAfter(documents, maxItems, TimeSpan.FromMilliseconds(took)));
    }

    [Theory]
    [InlineData(100, 0, 0)]
    [InlineData(5, 5, 0)]
    [InlineData(1, 0, 250)]
    [InlineData(1, 0, 60_000)]
    public void A_full_page_and_a_long_call_are_followed_at_once(int documents, int maxItems, int took)
    {
        Assert.Equal(TimeSpan.Zero, BatchPace.PauseAfter(documents, maxItems, TimeSpan.FromMilliseconds(took)));
    }
}
