using QANexus.EventStore.Privacy;

namespace QANexus.EventStore.Cosmos.Tests.Privacy;

/// <summary>Why something is redacted, and for whom.</summary>
public sealed class RedactionReasonTests
{
    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData(null)]
    public void A_redaction_gives_a_reason_and_names_who_asks(string? text)
    {
        Assert.False(RedactionReason.TryParse(text, out _));
        Assert.Throws<ArgumentException>(() => new RedactionRequest(RedactionReason.Parse("why"), text!));
    }

    [Fact]
    public void A_reason_is_short_and_can_be_written_down()
    {
        Assert.True(RedactionReason.TryParse(new string('ä', 500), out _));
        Assert.False(RedactionReason.TryParse(new string('a', 501), out _));
        Assert.False(RedactionReason.TryParse("a\ud800", out _));
        Assert.Throws<InvalidOperationException>(() => default(RedactionReason).Value);
    }
}
