using System.Runtime.CompilerServices;

namespace QANexus.EndToEnd.Tests.Documentation;

/// <summary>Every piece of C# in the guide stands in a test to the letter, where it is compiled and run.</summary>
public sealed class GuideSampleTests
{
    private const string Guide = "docs/event-store-guide.md";

    [Fact]
    public void The_guide_shows_the_samples_of_the_tests_and_no_others()
    {
        var samples = Directory.EnumerateFiles(Path.Combine(RepositoryRoot(), "tests"), "*GuideTests.cs", SearchOption.AllDirectories)
            .SelectMany(static file => Blocks(File.ReadLines(file), "// sample", "// end of sample"));
        var shown = Blocks(File.ReadLines(Path.Combine(RepositoryRoot(), Guide)), "```csharp", "```");

        Assert.Equal(samples.Order(StringComparer.Ordinal), shown.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_guide_has_its_eleven_chapters()
    {
        Assert.Equal(
            [
                "1. Architecture", "2. Storage", "3. Usage patterns", "4. Schema migration", "5. Performance", "6. Scaling", "7. Testing",
                "8. Patterns and pitfalls", "9. Integration", "10. Troubleshooting", "11. Roadmap",
            ],
            File.ReadLines(Path.Combine(RepositoryRoot(), Guide)).Where(static line => line.StartsWith("## ", StringComparison.Ordinal)).Select(static line => line[3..]));
    }

    private static IEnumerable<string> Blocks(IEnumerable<string> lines, string begin, string end)
    {
        List<string>? block = null;
        foreach (var line in lines.Select(static line => line.Trim()))
        {
            if (line == end && block is not null)
            {
                yield return string.Join('\n', block);
                block = null;
            }
            else if (line == begin)
            {
                block = [];
            }
            else
            {
                block?.Add(line);
            }
        }
    }

    private static string RepositoryRoot([CallerFilePath] string source = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(source)!, "../../.."));
}
