using CsCheck;
using QANexus.LocalCosmos.Documents;

namespace QANexus.LocalCosmos.Tests.Documents;

public sealed class PropertyPathTests
{
    [Theory]
    [InlineData("/a", "a")]
    [InlineData("/a/b-c/d", "a|b-c|d")]
    [InlineData("/\"a/b\"/c", "a/b|c")]
    [InlineData("/'a b'", "a b")]
    [InlineData("/\"say \\\"hi\\\" \\\\\"", "say \"hi\" \\")]
    public void Segments_may_be_quoted(string text, string segments)
    {
        Assert.True(PropertyPath.TryParse(text, out var path));
        Assert.Equal(segments, string.Join('|', path.Segments));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("/")]
    [InlineData("/a/")]
    [InlineData("//a")]
    [InlineData("/\"a")]
    [InlineData("/\"a\\")]
    [InlineData("/\"a\"b")]
    public void What_is_no_path_is_refused(string text) => Assert.False(PropertyPath.TryParse(text, out _));

    [Fact]
    public void A_printed_path_parses_back() =>
        Gen.String[Gen.Char['\u0020', '\u007E'], 1, 8].Array[1, 4].Sample(segments =>
        {
            var path = new PropertyPath(segments);
            Assert.True(PropertyPath.TryParse(path.ToString(), out var parsed));
            Assert.Equal(path, parsed);
        });
}
