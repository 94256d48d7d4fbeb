using System.Text.RegularExpressions;

namespace QANexus.LocalCosmos.Tests.Packaging;

public sealed partial class ReadmeTests
{
    private static readonly string s_readme =
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "LocalCosmos.README.md")).ReplaceLineEndings("\n");

    [Fact]
    public void The_support_table_is_what_the_tests_prove()
    {
        var table = Between(s_readme, "<!-- support table: generated, see ReadmeTests -->\n", "<!-- end -->");

        // The failure shows the table to paste.
        Assert.True(SupportTable.Generate() == table, $"The README's support table should read:\n\n{SupportTable.Generate()}");
    }

    [Fact]
    public void Only_tests_prove() => Assert.Empty(SupportTable.FalseClaims());

    [Theory]
    [InlineData("in process")]
    [InlineData("on a port")]
    [InlineData("faults")]
    public void A_sample_of_the_readme_is_the_code_that_the_tests_run(string sample)
    {
        using var source = new StreamReader(typeof(ReadmeTests).Assembly.GetManifestResourceStream("ReadmeSampleTests.cs")!);
        var lines = Between(source.ReadToEnd().ReplaceLineEndings("\n"), $"        // {sample}:\n", "        // :" + sample);
        var code = Indentation().Replace(lines, "");

        Assert.Contains($"```csharp\n{code}```\n", s_readme, StringComparison.Ordinal);
    }

    private static string Between(string text, string start, string end)
    {
        var from = text.IndexOf(start, StringComparison.Ordinal);
        Assert.True(from >= 0, $"There is no '{start}'.");
        from += start.Length;
        var to = text.IndexOf(end, from, StringComparison.Ordinal);
        Assert.True(to >= 0, $"There is no '{end}'.");
        return text[from..to];
    }

    [GeneratedRegex("^ {8}", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Indentation();
}
