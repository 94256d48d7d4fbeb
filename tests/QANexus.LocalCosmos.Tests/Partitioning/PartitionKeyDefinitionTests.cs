using System.Text.Json;
using QANexus.LocalCosmos.Partitioning;

namespace QANexus.LocalCosmos.Tests.Partitioning;

public sealed class PartitionKeyDefinitionTests
{
    [Theory]
    [InlineData("{\"paths\":[\"/a\"]}", "{\"a\":1.0}", "[1]")]
    [InlineData("{\"paths\":[\"/a\"],\"kind\":\"Hash\"}", "{\"b\":1}", "[{}]")]
    [InlineData("{\"paths\":[\"/a/b\"],\"kind\":\"Hash\"}", "{\"a\":{\"b\":\"x\"}}", "[\"x\"]")]
    [InlineData("{\"paths\":[\"/a/b\"],\"kind\":\"Hash\"}", "{\"a\":[\"x\"]}", "[{}]")]
    [InlineData("{\"paths\":[\"/\\\"a/b\\\"\"],\"kind\":\"Hash\"}", "{\"a/b\":null}", "[null]")]
    [InlineData("{\"paths\":[\"/t\",\"/s\"],\"kind\":\"MultiHash\",\"version\":2}", "{\"s\":\"s1\",\"t\":true}", "[true,\"s1\"]")]
    public void Takes_the_key_out_of_a_document(string definition, string document, string expected)
    {
        Assert.True(PartitionKeyDefinition.TryParse(Json(definition), out var parsed, out _));

        Assert.True(parsed.TryExtract(Json(document), out var key));
        Assert.Equal(expected, key.ToString());
        Assert.True(PartitionKeyValue.TryParse(expected, out var fromHeader));
        Assert.Equal(fromHeader, key);
    }

    [Theory]
    [InlineData("{\"a\":{\"b\":1}}")]
    [InlineData("{\"a\":{}}")]
    [InlineData("{\"a\":[]}")]
    [InlineData("{\"a\":1e999}")]
    public void Objects_arrays_and_endless_numbers_are_no_keys(string document)
    {
        Assert.True(PartitionKeyDefinition.TryParse(Json("{\"paths\":[\"/a\"]}"), out var definition, out _));

        Assert.False(definition.TryExtract(Json(document), out _));
    }

    [Theory]
    [InlineData("null", "paths")]
    [InlineData("{}", "paths")]
    [InlineData("{\"paths\":[]}", "paths")]
    [InlineData("{\"paths\":[\"a\"]}", "\"a\"")]
    [InlineData("{\"paths\":[1]}", "1")]
    [InlineData("{\"paths\":[\"/\"]}", "\"/\"")]
    [InlineData("{\"paths\":[\"/a\"],\"kind\":\"Range\"}", "Range")]
    [InlineData("{\"paths\":[\"/a\"],\"kind\":7}", "kind")]
    [InlineData("{\"paths\":[\"/a\",\"/b\"],\"kind\":\"Hash\"}", "at most 1")]
    [InlineData("{\"paths\":[\"/a\",\"/a\"],\"kind\":\"MultiHash\"}", "twice")]
    [InlineData("{\"paths\":[\"/a\",\"/b\",\"/c\",\"/d\"],\"kind\":\"MultiHash\"}", "at most 3")]
    public void A_definition_that_the_service_would_refuse_is_refused_with_the_reason(string definition, string named)
    {
        Assert.False(PartitionKeyDefinition.TryParse(Json(definition), out _, out var reason));
        Assert.Contains(named, reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("{}")]
    [InlineData("[")]
    [InlineData("[[1]]")]
    [InlineData("[{\"a\":1}]")]
    [InlineData("[\"\\ud800\"]")]
    [InlineData("[1e999]")]
    public void A_header_that_is_no_key_is_refused(string header) => Assert.False(PartitionKeyValue.TryParse(header, out _));

    [Fact]
    public void Numbers_print_and_compare_canonically()
    {
        Assert.True(PartitionKeyValue.TryParse("[1.0,100,\"ä\"]", out var first));
        Assert.True(PartitionKeyValue.TryParse("[1,1e2,\"\\u00e4\"]", out var second));

        Assert.Equal(first, second);
        Assert.Equal(first.GetHashCode(), second.GetHashCode());
        Assert.Equal(first.ToString(), second.ToString());
    }

    [Fact]
    public void The_hashed_length_counts_marks_and_text()
    {
        Assert.True(PartitionKeyValue.TryParse("[\"abc\",1,null]", out var key));
        Assert.Equal((1 + 3 + 1) + (1 + 8) + 1, key.CountBytes());
    }

    private static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
