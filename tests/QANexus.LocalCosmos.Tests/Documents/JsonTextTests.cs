using System.Text;
using QANexus.LocalCosmos.Documents;

namespace QANexus.LocalCosmos.Tests.Documents;

public sealed class JsonTextTests
{
    [Theory]
    [InlineData("{\"a\":[1,2.50,\"\\u00e4\\ud83d\\ude00\",null]}")]
    [InlineData("\"x\"")]
    public void Readable_json_parses(string json)
    {
        Assert.True(JsonText.TryParse(Encoding.UTF8.GetBytes(json), out var document));
        document.Dispose();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("{\"a\":\"\\ud800\"}")]
    [InlineData("{\"\\udc00\":1}")]
    [InlineData("{\"a\":NaN}")]
    [InlineData("// comment\n{}")]
    public void What_cannot_be_read_back_is_refused(string json) => Assert.False(JsonText.TryParse(Encoding.UTF8.GetBytes(json), out _));

    [Fact]
    public void Bytes_that_are_not_utf8_are_refused() => Assert.False(JsonText.IsValid([.. "{\"a\":\""u8, 0xC3, .. "\"}"u8]));

    [Theory]
    [InlineData(128, true)]
    [InlineData(129, false)]
    public void Nesting_is_bounded(int depth, bool valid) =>
        Assert.Equal(valid, JsonText.IsValid(Encoding.UTF8.GetBytes(new string('[', depth) + new string(']', depth))));
}
