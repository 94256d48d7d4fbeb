using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using QANexus.Api.TestReports;

namespace QANexus.Api.Tests.Structure;

/// <summary>What the Functions tools read of the app, which is not compiled everywhere.</summary>
public sealed class FunctionsAppTests
{
    [Fact]
    public void The_host_serves_under_the_prefix_that_routes_leave_out_and_reports_as_the_worker_does()
    {
        using var host = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root.FullName, "host.json")));

        Assert.Equal("api", host.RootElement.GetProperty("extensions").GetProperty("http").GetProperty("routePrefix").GetString());
        Assert.Equal("OpenTelemetry", host.RootElement.GetProperty("telemetryMode").GetString());
    }

    [Fact]
    public void The_hosts_file_is_published_and_local_settings_never_are()
    {
        var files = Repository.Projects["QANexus.Functions"].Descendants("None").ToDictionary(
            static file => file.Attribute("Link")!.Value, static file => file.Attribute("CopyToPublishDirectory")!.Value, StringComparer.Ordinal);

        Assert.Equal("PreserveNewest", files["host.json"]);
        Assert.Equal("Never", files["local.settings.json"]);
        Assert.Equal("Never", files["local.settings.sample.json"]);
    }

    /// <summary>The local host declares these attributes itself, so that nothing but the deployment would notice a package that is missing.</summary>
    [Theory]
    [InlineData("Microsoft.Azure.Functions.Worker.Extensions.Http.AspNetCore")]
    [InlineData("Microsoft.Azure.Functions.Worker.Extensions.CosmosDB")]
    [InlineData("Microsoft.Azure.Functions.Worker.Extensions.Timer")]
    public void The_app_has_the_package_of_every_kind_of_trigger_and_its_version_is_pinned(string package)
    {
        var references = Repository.Projects["QANexus.Functions"].Descendants("PackageReference").Select(static reference => reference.Attribute("Include")!.Value);
        var pins = XDocument.Load(Path.Combine(Repository.Root.FullName, "Directory.Packages.props"))
            .Descendants("PackageVersion").Select(static pin => pin.Attribute("Include")!.Value);

        Assert.Contains(package, references);
        Assert.Contains(package, pins);
    }

    /// <summary>azd asks for secrets of each .NET project before it deploys it; where the project has no name for them, it writes one into the file.</summary>
    [Fact]
    public void Deploying_leaves_the_project_file_as_it_is() =>
        Assert.NotEmpty(Assert.Single(Repository.Projects["QANexus.Functions"].Descendants("UserSecretsId")).Value);

    /// <summary>The host's extensions are in a folder whose name begins with a dot, which an artifact leaves out unless it is told not to.</summary>
    [Fact]
    public void The_published_app_is_kept_whole()
    {
        var workflow = File.ReadAllText(Path.Combine(Repository.Root.FullName, ".github", "workflows", "ci.yml")).ReplaceLineEndings("\n");
        var upload = workflow[workflow.IndexOf("uses: actions/upload-artifact@", StringComparison.Ordinal)..];

        Assert.Contains("\n          path: publish\n", upload, StringComparison.Ordinal);
        Assert.Contains("\n          include-hidden-files: true\n", upload, StringComparison.Ordinal);
    }

    [Fact]
    public void The_sample_of_local_settings_holds_no_secret()
    {
        using var sample = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root.FullName, "local.settings.sample.json")));

        Assert.DoesNotContain(sample.RootElement.GetProperty("Values").EnumerateObject(), static setting =>
            setting.Name.Contains("key", StringComparison.OrdinalIgnoreCase) || setting.Value.GetString()!.Contains("AccountKey", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void The_host_in_front_of_the_app_lets_the_largest_report_pass() =>
        Assert.Contains(
            $"FUNCTIONS_REQUEST_BODY_SIZE_LIMIT: '{TestReportEndpoints.MaxBytes.ToString(CultureInfo.InvariantCulture)}'",
            File.ReadAllText(Path.Combine(Repository.Root.FullName, "infra", "modules", "functions.bicep")), StringComparison.Ordinal);

    /// <summary>A function class is compiled by two hosts with different implicit usings, and holds nothing but forwarding.</summary>
    [Fact]
    public void Function_classes_are_short()
    {
        var app = Path.Combine(Repository.Root.FullName, "src", "QANexus.Functions");
        var classes = Directory.GetDirectories(app)
            .Where(static folder => Path.GetFileName(folder) is not ("obj" or "bin"))
            .SelectMany(static folder => Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories))
            .ToList();

        Assert.NotEmpty(classes);
        Assert.All(classes, static file => Assert.DoesNotContain(File.ReadLines(file), static line =>
            line.TrimStart().StartsWith("return ", StringComparison.Ordinal) || line.Contains("await ", StringComparison.Ordinal)));
    }
}
