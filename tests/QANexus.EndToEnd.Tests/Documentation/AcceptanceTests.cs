using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace QANexus.EndToEnd.Tests.Documentation;

/// <summary>The list of behaviours names all of them, once, and tests that there are.</summary>
public sealed partial class AcceptanceTests
{
    private const int Behaviours = 129;

    [Fact]
    public void Every_behaviour_is_listed_once_with_tests_that_exist()
    {
        var root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "../../.."));
        var rows = File.ReadAllLines(Path.Combine(root, "docs/acceptance.md"))
            .Select(static line => line.Split('|', StringSplitOptions.TrimEntries)).Where(static cells => cells.Length == 5 && cells[1].Length > 0 && char.IsDigit(cells[1][0])).ToList();
        var tests = Directory.EnumerateFiles(Path.Combine(root, "tests"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(static file => Declarations().Matches(File.ReadAllText(file)).Select(static match => match.Groups["name"].Value)).ToHashSet(StringComparer.Ordinal);

        var numbers = rows.SelectMany(static cells => cells[1].Split(',')).Select(static number => int.Parse(number, CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(Enumerable.Range(1, Behaviours), numbers.Order());
        var shown = rows.SelectMany(static cells => Names().Matches(cells[3]).Select(static match => match.Groups["name"].Value)).Where(static name => name != "backlog");
        Assert.All(shown, name => Assert.Contains(name, tests));
    }

    private static string Here([CallerFilePath] string path = "") => path;

    [GeneratedRegex(@"(?:Task|void|class) (?<name>[A-Z][A-Za-z0-9_]+)", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Declarations();

    [GeneratedRegex(@"`(?<name>[A-Za-z0-9_]+)`", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Names();
}
