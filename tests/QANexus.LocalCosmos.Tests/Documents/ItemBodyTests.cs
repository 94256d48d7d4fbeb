using System.Text;
using System.Text.Json;
using CsCheck;
using QANexus.LocalCosmos.Documents;

namespace QANexus.LocalCosmos.Tests.Documents;

public sealed class ItemBodyTests
{
    [Theory]
    [InlineData("""{"id":"1"}""", """{"id":"1"}""")]
    [InlineData("""  {"id":"1", "n":1.00}  """, """{"id":"1", "n":1.00}""")]
    [InlineData("""{"_rid":"x","id":"1","_etag":null,"_ts":0,"n":1e2,"_self":{"a":[1]},"_attachments":"a"}""", """{"id":"1","n":1e2}""")]
    [InlineData("""{"id":"1","o":{"_rid":"kept"},"_ts":[{"x":1}]}""", """{"id":"1","o":{"_rid":"kept"}}""")]
    [InlineData("""{"\u005frid":"x","id":"1","_lsn":5}""", """{"id":"1"}""")]
    [InlineData("""{ "a" : [ 1 , 2 ] , "_rid" : "x" , "id" : "1" }""", """{"a" : [ 1 , 2 ],"id" : "1"}""")]
    public void System_properties_go_and_everything_else_keeps_its_bytes(string body, string content)
    {
        var item = Parse(body);

        Assert.Equal("1", item.Id);
        Assert.Equal(content, Encoding.UTF8.GetString(item.Content.Span));
    }

    [Fact]
    public void The_stored_body_carries_the_servers_properties_last()
    {
        var stored = Parse("""{"id":"1","n":1.50,"_ts":7}""").Compose("AQ==", "dbs/a/colls/b/docs/c/", "\"0800-1\"", 1795418090);

        Assert.Equal(
            """{"id":"1","n":1.50,"_rid":"AQ==","_self":"dbs/a/colls/b/docs/c/","_etag":"\"0800-1\"","_attachments":"attachments/","_ts":1795418090}""",
            Encoding.UTF8.GetString(stored));
        Assert.Equal("1", ItemBody.ReadId(stored));
    }

    [Fact]
    public void What_was_stored_and_comes_back_is_the_same_content() =>
        Gen.Dictionary(Gen.String[Gen.Char['\u0020', '\u07FF'], 1, 10].Where(name => name != "id" && !name.StartsWith('_')), Gen.Double.Where(double.IsFinite))[0, 8].Sample(properties =>
        {
            var body = JsonSerializer.Serialize(properties.Select(p => new KeyValuePair<string, object>(p.Key, p.Value)).Append(new("id", "x")).ToDictionary());
            var item = Parse(body);
            var again = Parse(Encoding.UTF8.GetString(item.Compose("r", "s", "\"e\"", 1)));
            Assert.Equal(body, Encoding.UTF8.GetString(item.Content.Span));
            Assert.Equal(body, Encoding.UTF8.GetString(again.Content.Span));
        });

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"id\":\"1\"")]
    [InlineData("{\"id\":\"1\"}x")]
    [InlineData("{\"id\":\"1\",\"a\":\"\\ud800\"}")]
    [InlineData("{}")]
    [InlineData("{\"id\":1}")]
    [InlineData("{\"id\":null}")]
    [InlineData("{\"id\":[\"1\"]}")]
    [InlineData("{\"a\":{\"id\":\"1\"}}")]
    [InlineData("{\"id\":\"\"}")]
    [InlineData("{\"id\":\"a/b\"}")]
    [InlineData("{\"id\":\"a\\\\b\"}")]
    [InlineData("{\"id\":\"a?\"}")]
    [InlineData("{\"id\":\"#a\"}")]
    [InlineData("{\"id\":\"a \"}")]
    [InlineData("\u0080{\"id\":\"1\"}")]
    public void What_cannot_be_stored_is_a_bad_request(string body)
    {
        Assert.False(ItemBody.TryParse(Encoding.UTF8.GetBytes(body), out _, out var refusal));
        Assert.Equal(400, refusal.StatusCode);
        Assert.NotEqual("", refusal.Reason);
    }

    [Theory]
    [InlineData(1023, true)]
    [InlineData(1024, false)]
    public void An_id_has_1023_bytes_at_most(int length, bool valid) =>
        Assert.Equal(valid, ItemBody.TryParse(Encoding.UTF8.GetBytes($"{{\"id\":\"{new string('x', length)}\"}}"), out _, out _));

    [Fact]
    public void An_id_twice_is_the_last_one() => Assert.Equal("2", Parse("""{"id":"1","a":{"id":"x"},"id":"2"}""").Id);

    [Fact]
    public void Two_megabytes_are_stored_and_one_byte_more_is_too_large()
    {
        var head = "{\"id\":\"1\",\"p\":\"";
        var body = Encoding.UTF8.GetBytes(head + new string('x', ItemBody.MaxBytes - head.Length - 2) + "\"}");
        Assert.True(ItemBody.TryParse(body, out _, out _));

        Assert.False(ItemBody.TryParse((byte[])[.. body, (byte)' '], out _, out var refusal));
        Assert.Equal(413, refusal.StatusCode);
    }

    [Fact]
    public void Bytes_of_any_kind_are_refused_or_stored_and_never_thrown_at() =>
        Gen.Select(Gen.Byte.Array[0, 40], Gen.Bool).Sample(
            (bytes, inside) =>
            {
                byte[] body = inside ? [.. "{\"id\":\"1\",\"a\":\""u8, .. bytes, .. "\"}"u8] : bytes;
                if (ItemBody.TryParse(body, out var item, out _))
                    item.Parse().Dispose();
            },
            iter: 2000);

    private static ItemBody Parse(string body)
    {
        Assert.True(ItemBody.TryParse(Encoding.UTF8.GetBytes(body), out var item, out _));
        return item;
    }
}
