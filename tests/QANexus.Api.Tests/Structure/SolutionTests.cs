using System.Text.RegularExpressions;

namespace QANexus.Api.Tests.Structure;

/// <summary>The solution builds everywhere, and the Functions app only in the configuration that says so.</summary>
public sealed partial class SolutionTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(Repository.Root.FullName, Repository.Solution));

    private static IReadOnlyDictionary<string, string> Projects { get; } = ProjectLine().Matches(Text)
        .ToDictionary(static line => line.Groups["name"].Value, static line => line.Groups["id"].Value, StringComparer.Ordinal);

    [Fact]
    public void Every_project_is_in_the_solution() =>
        Assert.Equal(Repository.Projects.Keys.Order(StringComparer.Ordinal), Projects.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void The_configuration_Functions_builds_every_project_as_Release() =>
        Assert.All(Projects.Keys, static name =>
        {
            Assert.Equal("Release|Any CPU", Setting(name, "Functions|Any CPU.ActiveCfg"));
            Assert.Equal("Release|Any CPU", Setting(name, "Functions|Any CPU.Build.0"));
        });

    [Theory]
    [InlineData("Debug")]
    [InlineData("Release")]
    public void The_other_configurations_build_every_project_but_the_functions_app(string configuration) =>
        Assert.All(Projects.Keys, name =>
        {
            Assert.Equal($"{configuration}|Any CPU", Setting(name, $"{configuration}|Any CPU.ActiveCfg"));
            Assert.Equal(name == "QANexus.Functions" ? null : $"{configuration}|Any CPU", Setting(name, $"{configuration}|Any CPU.Build.0"));
        });

    private static string? Setting(string project, string key)
    {
        var line = Text.Split('\n').SingleOrDefault(line => line.TrimStart().StartsWith($"{Projects[project]}.{key} = ", StringComparison.Ordinal));
        return line?.Split(" = ")[1].TrimEnd();
    }

    [GeneratedRegex("""^Project\("\{[^"]+\}"\) = "(?<name>[^"]+)", "[^"]+\.csproj", "(?<id>\{[^"]+\})""", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex ProjectLine();
}
