namespace QANexus.Api.Tests.Structure;

/// <summary>References point one way, and only hosts compose.</summary>
public sealed class ReferenceGraphTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["QANexus.EventStore"] = [],
        ["QANexus.EventStore.Cosmos"] = ["QANexus.EventStore"],
        ["QANexus.Domain"] = ["QANexus.EventStore"],
        ["QANexus.ReadModels"] = ["QANexus.Domain", "QANexus.EventStore"],
        ["QANexus.Api"] = ["QANexus.ReadModels", "QANexus.Domain", "QANexus.EventStore"],
        ["QANexus.LocalCosmos"] = [],
        ["QANexus.Functions"] = ["QANexus.Api", "QANexus.ReadModels", "QANexus.Domain", "QANexus.EventStore.Cosmos", "QANexus.EventStore"],
        ["QANexus.LocalHost"] =
            ["QANexus.Api", "QANexus.ReadModels", "QANexus.Domain", "QANexus.EventStore.Cosmos", "QANexus.EventStore", "QANexus.LocalCosmos"],
    };

    public static TheoryData<string> SourceProjects =>
        [.. Repository.Projects.Keys.Where(static name => File.Exists(Path.Combine(Repository.Root.FullName, "src", name, name + ".csproj")))];

    [Theory]
    [MemberData(nameof(SourceProjects))]
    public void A_source_project_references_only_what_the_architecture_allows(string project) =>
        Assert.Empty(Repository.References(project, "ProjectReference").Select(Path.GetFileNameWithoutExtension).Except(Allowed[project]));

    [Fact]
    public void No_project_references_the_functions_app() =>
        Assert.All(Repository.Projects.Keys, static project =>
            Assert.DoesNotContain("QANexus.Functions", Repository.References(project, "ProjectReference").Select(Path.GetFileNameWithoutExtension)));

    [Theory]
    [InlineData("QANexus.EventStore")]
    [InlineData("QANexus.Domain")]
    [InlineData("QANexus.ReadModels")]
    [InlineData("QANexus.Api")]
    public void The_inner_projects_see_nothing_of_Azure(string project)
    {
        if (Repository.Projects.ContainsKey(project))
        {
            Assert.DoesNotContain(Repository.References(project, "PackageReference"), static package =>
                package.Contains("Azure", StringComparison.Ordinal) || package.Contains("Cosmos", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void The_model_sees_nothing_of_the_web() =>
        Assert.Empty(Repository.References("QANexus.EventStore", "FrameworkReference"));

    [Fact]
    public void LocalCosmos_is_a_server_and_knows_neither_the_sdk_nor_us() =>
        Assert.DoesNotContain("Microsoft.Azure.Cosmos", Repository.References("QANexus.LocalCosmos", "PackageReference"));
}
