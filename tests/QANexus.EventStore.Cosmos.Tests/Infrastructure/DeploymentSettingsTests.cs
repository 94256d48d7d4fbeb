using System.Text.Json;
using System.Text.RegularExpressions;

namespace QANexus.EventStore.Cosmos.Tests.Infrastructure;

/// <summary>What azd is told, at a desk and by the workflow: a parameter that one of them does not pass on goes back to its default.</summary>
public sealed partial class DeploymentSettingsTests
{
    [SkippableFact]
    public async Task Every_parameter_of_the_template_is_set_by_a_variable_that_has_the_same_default()
    {
        var declared = (await CompiledTemplate.RootAsync()).GetProperty("parameters").EnumerateObject().Select(static parameter =>
            parameter.Value.TryGetProperty("defaultValue", out var value) ? $"{parameter.Name}={Text(value)}" : parameter.Name);
        var set = (await SettingsAsync()).Select(static setting => setting.Default is { } value ? $"{setting.Parameter}={value}" : setting.Parameter);

        Assert.Equal(declared.Order(StringComparer.Ordinal), set.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_workflow_passes_every_variable_on()
    {
        var workflow = await InfrastructureFolder.ReadAsync("../.github/workflows/deploy.yml");

        Assert.All(await SettingsAsync(), setting =>
            Assert.Contains($"      {setting.Variable}: ${{{{ vars.{setting.Variable} }}}}\n", workflow.ReplaceLineEndings("\n"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_guide_lists_every_variable_with_its_default_and_no_other()
    {
        var guide = await InfrastructureFolder.ReadAsync("../docs/deploy.md");
        var listed = Row().Matches(guide).Select(static row => $"{row.Groups["variable"].Value}={row.Groups["default"].Value.Trim('`')}");

        Assert.Equal(
            (await SettingsAsync()).Where(static setting => setting.Default is not null)
                .Select(static setting => $"{setting.Variable}={(setting.Default is { Length: > 0 } value ? value : "none")}").Order(StringComparer.Ordinal),
            listed.Order(StringComparer.Ordinal));
    }

    [SkippableFact]
    public async Task Azd_finds_the_resource_group_and_the_app_by_their_tags()
    {
        var resources = await PredictedDeployment.PlainAsync();
        var service = Service().Match(await InfrastructureFolder.ReadAsync("../azure.yaml")).Groups["name"].Value;

        Assert.Equal("test", TagOf(Assert.Single(resources.Of("Microsoft.Resources/resourceGroups")), "azd-env-name"));
        Assert.Equal(service, TagOf(Assert.Single(resources.Of("Microsoft.Web/sites")), "azd-service-name"));
    }

    private static string? TagOf(JsonElement resource, string name) => resource.GetProperty("tags").GetProperty(name).GetString();

    /// <summary>Each parameter of main.parameters.json with the variable that sets it and, where there is one, the default.</summary>
    private static async Task<IReadOnlyList<(string Parameter, string Variable, string? Default)>> SettingsAsync()
    {
        using var file = JsonDocument.Parse(await InfrastructureFolder.ReadAsync("main.parameters.json"));
        return
        [
            .. file.RootElement.GetProperty("parameters").EnumerateObject().Select(static parameter =>
            {
                var value = Variable().Match(parameter.Value.GetProperty("value").GetString()!);
                Assert.True(value.Success, parameter.Name);
                var fallback = value.Groups["default"];
                return (parameter.Name, value.Groups["name"].Value, fallback.Success ? fallback.Value : null);
            }),
        ];
    }

    private static string Text(JsonElement value) => value.ValueKind is JsonValueKind.String ? value.GetString()! : value.GetRawText();

    [GeneratedRegex(@"^\$\{(?<name>[A-Z_]+)(=(?<default>[^}]*))?\}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Variable();

    [GeneratedRegex(@"^\| `(?<variable>QANEXUS_[A-Z_]+)` \| (?<default>[^|]+?) \|", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Row();

    [GeneratedRegex(@"^services:\r?\n  (?<name>[a-z]+):", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Service();
}
