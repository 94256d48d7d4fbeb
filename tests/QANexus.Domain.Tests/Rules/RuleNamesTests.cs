using System.Text.RegularExpressions;
using QANexus.Domain.Rules;

namespace QANexus.Domain.Tests.Rules;

/// <summary>The rules in the code are those in the document, and those of requests are known as such.</summary>
public sealed partial class RuleNamesTests
{
    private static readonly DirectoryInfo Source = FindSource();

    private static IReadOnlyList<(string Rule, bool OfRequest)> Documented { get; } =
    [
        .. from line in File.ReadLines(Path.Combine(Source.FullName, "README.md"))
           where line.StartsWith("| `", StringComparison.Ordinal)
           from Match name in Name().Matches(line.Split('|')[1])
           select (name.Groups["name"].Value, line.Split('|')[3].Trim() == "yes"),
    ];

    [Fact]
    public void Every_rule_in_the_code_is_in_the_document_and_the_other_way_round()
    {
        var written = Source.EnumerateFiles("*.cs", SearchOption.AllDirectories)
            .Where(static file => !file.FullName.Contains("/obj/", StringComparison.Ordinal) && file.Name != "InputRules.cs")
            .SelectMany(static file => Literal().Matches(File.ReadAllText(file.FullName)).Select(static match => match.Groups["name"].Value))
            .ToHashSet(StringComparer.Ordinal);
        string[] made =
        [
            .. new[] { "score", "clarity", "completeness", "testability", "consistency" }.Select(static field => $"rqs.{field}.range"),
            .. new[] { "qualityTesting", "bugs", "requirementsPlanning", "securityOps" }.Select(static pillar => $"rcs.{pillar}.range"),
            .. new[] { "requirement", "sprint", "release", "bug", "testrun" }.Select(static what => $"{what}.exists"),
        ];

        Assert.Equal(written.Concat(made).Order(StringComparer.Ordinal), Documented.Select(static row => row.Rule).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_rules_of_requests_are_those_that_the_document_calls_so()
    {
        Assert.Equal(
            Documented.Where(static row => row.OfRequest).Select(static row => row.Rule).Order(StringComparer.Ordinal), InputRules.All.Order(StringComparer.Ordinal));
        Assert.True(InputRules.Contains("bug.title.required"));
        Assert.False(InputRules.Contains("bug.transition"));
    }

    private static DirectoryInfo FindSource()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "QANexus.Functions.sln")))
        {
            folder = folder.Parent;
        }

        return new DirectoryInfo(Path.Combine(folder!.FullName, "src", "QANexus.Domain"));
    }

    [GeneratedRegex("`(?<name>(requirement|sprint|release|bug|testrun|rqs|rcs)\\.[A-Za-z_.]+)`", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Name();

    [GeneratedRegex("\"(?<name>(requirement|sprint|release|bug|testrun|rqs|rcs)\\.[A-Za-z_.]+)\"", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Literal();
}
