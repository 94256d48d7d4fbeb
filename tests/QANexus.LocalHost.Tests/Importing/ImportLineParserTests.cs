using System.Runtime.CompilerServices;
using System.Text;
using QANexus.LocalHost.Importing;

namespace QANexus.LocalHost.Tests.Importing;

public sealed class ImportLineParserTests
{
    private const string Good = """{"tenantId":"t","aggregateType":"A","aggregateId":"1","commitId":"k","metadata":{},"events":[{},{"x":[1,2]}]}""";

    [Fact]
    public void A_line_of_the_right_form_is_an_append()
    {
        var line = Parse(Good, out var problem);

        Assert.Null(problem);
        Assert.Equal(("t", "A:1", "k", 2), (line!.Tenant.Value, line.Stream.ToString(), line.CommitId.Value, line.EventCount));
        Assert.Equal("""{"events":[{},{"x":[1,2]}],"metadata":{}}""", Encoding.UTF8.GetString(line.Body.Span));
    }

    [Fact]
    public void The_line_that_the_guide_shows_is_an_append()
    {
        var guide = File.ReadAllText(Path.Combine(RepositoryRoot(), "docs/event-store-guide.md")).ReplaceLineEndings("\n");
        var shown = guide.Split("**Import.**")[1].Split("```json\n")[1].Split("\n```")[0];

        var line = Parse(shown, out var problem);

        Assert.Null(problem);
        Assert.Equal(("acme", "Requirement:r9", 1), (line!.Tenant.Value, line.Stream.ToString(), line.EventCount));
    }

    [Fact]
    public void Metadata_may_be_left_out()
    {
        var line = Parse(Good.Replace("\"metadata\":{},", "", StringComparison.Ordinal), out _);

        Assert.Equal("""{"events":[{},{"x":[1,2]}]}""", Encoding.UTF8.GetString(line!.Body.Span));
    }

    [Theory]
    [InlineData("{", "not JSON")]
    [InlineData("{} {}", "not JSON")]
    [InlineData("[]", "not a JSON object")]
    [InlineData("1", "not a JSON object")]
    [InlineData("{}", "'tenantId' is missing")]
    [InlineData("""{"tenantId":"t","tenantId":"t"}""", "'tenantId' appears twice")]
    [InlineData("""{"tenantId":"T"}""", "'tenantId' must be 1-64 of")]
    [InlineData("""{"tenantId":7}""", "'tenantId' must be 1-64 of")]
    [InlineData("""{"aggregateType":"a b"}""", "'aggregateType' must be")]
    [InlineData("""{"aggregateId":".."}""", "'aggregateId' must be")]
    [InlineData("""{"commitId":""}""", "'commitId' must be")]
    [InlineData("""{"commitId":null}""", "'commitId' must be")]
    [InlineData("""{"events":{}}""", "'events' must be an array")]
    [InlineData("""{"eventz":[]}""", "'eventz' is not a member of an append")]
    [InlineData("""{"tenantId":"\ud800"}""", "a string is not valid Unicode")]
    [InlineData("""{"tenantId":"t","aggregateType":"A","aggregateId":"1","commitId":"k","metadata":{}}""", "'events' is missing")]
    public void A_line_of_another_form_is_told_what_is_wrong(string text, string problem)
    {
        Assert.Null(Parse(text, out var found));
        Assert.StartsWith(problem, found, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_not_UTF8_are_a_bad_line()
    {
        var line = new TextLine(1, new byte[] { (byte)'{', (byte)'"', 0xFF, 0xFE, (byte)'"', (byte)':', (byte)'1', (byte)'}' }, 8);

        Assert.False(ImportLineParser.TryParse(line, out _, out var problem));
        Assert.Equal("a string is not valid Unicode", problem);
    }

    [Fact]
    public void A_line_that_was_too_long_to_read_is_a_bad_line()
    {
        Assert.False(ImportLineParser.TryParse(new TextLine(1, default, 5_000_000, IsTooLong: true), out _, out var problem));
        Assert.Equal("the line is too long to be an append", problem);
    }

    private static string RepositoryRoot([CallerFilePath] string source = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(source)!, "../../.."));

    private static ImportLine? Parse(string text, out string? problem) =>
        ImportLineParser.TryParse(new TextLine(1, Encoding.UTF8.GetBytes(text), text.Length), out var line, out problem) ? line : null;
}
