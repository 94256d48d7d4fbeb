using System.Text.Json;

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
    }

    [Fact]
    public void The_sample_of_local_settings_holds_no_secret()
    {
        using var sample = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root.FullName, "local.settings.sample.json")));

        Assert.DoesNotContain(sample.RootElement.GetProperty("Values").EnumerateObject(), static setting =>
            setting.Name.Contains("key", StringComparison.OrdinalIgnoreCase) || setting.Value.GetString()!.Contains("AccountKey", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>A function class is compiled by two hosts with different implicit usings, and holds nothing but forwarding.</summary>
    [Fact]
    public void Function_classes_are_short()
    {
        var classes = Directory.GetFiles(Path.Combine(Repository.Root.FullName, "src", "QANexus.Functions", "Http"), "*.cs");

        Assert.NotEmpty(classes);
        Assert.All(classes, static file => Assert.DoesNotContain(File.ReadLines(file), static line =>
            line.TrimStart().StartsWith("return ", StringComparison.Ordinal) || line.Contains("await ", StringComparison.Ordinal)));
    }
}
