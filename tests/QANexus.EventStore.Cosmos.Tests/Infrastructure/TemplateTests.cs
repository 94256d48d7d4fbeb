using System.Text.Json;
using QANexus.EventStore.Cosmos.Schema;

namespace QANexus.EventStore.Cosmos.Tests.Infrastructure;

/// <summary>The infrastructure says what the code says, compiles without a complaint, and opens no door that it need not.</summary>
public sealed class TemplateTests
{
    private static readonly string[] Forbidden = ["replace", "upsert", "delete", "*"];

    /// <summary>Compiled once for all tests: it takes seconds.</summary>
    private static readonly Lazy<Task<(string Output, string Complaints)>> Compiled =
        new(static () => InfrastructureFolder.RunBicepAsync("build", "main.bicep", "--stdout"));

    [Fact]
    public async Task The_template_has_the_containers_of_the_code()
    {
        var declared = DeclaredContainers.ToJson(CosmosSchema.Containers());
        var written = (await InfrastructureFolder.ReadAsync("containers.json")).ReplaceLineEndings("\n");
        Assert.True(declared == written, $"infra/containers.json must be:\n{declared}");
    }

    [SkippableFact]
    public async Task The_template_compiles_and_passes_the_linter_without_a_complaint()
    {
        var (_, complaints) = await InfrastructureFolder.RunBicepAsync("lint", "main.bicep");
        Assert.Empty(complaints);
    }

    [SkippableFact]
    public async Task Nobody_has_a_key()
    {
        var resources = await CompileAsync();

        Assert.True(Properties(resources, "Microsoft.DocumentDB/databaseAccounts").GetProperty("disableLocalAuth").GetBoolean());
        Assert.False(Properties(resources, "Microsoft.Storage/storageAccounts").GetProperty("allowSharedKeyAccess").GetBoolean());
        Assert.True(Properties(resources, "Microsoft.Insights/components").GetProperty("DisableLocalAuth").GetBoolean());
        Assert.All(
            Of(resources, "Microsoft.Web/sites/basicPublishingCredentialsPolicies"),
            static policy => Assert.False(policy.GetProperty("properties").GetProperty("allow").GetBoolean()));
    }

    [SkippableFact]
    public async Task One_region_writes() =>
        Assert.False(Properties(await CompileAsync(), "Microsoft.DocumentDB/databaseAccounts").GetProperty("enableMultipleWriteLocations").GetBoolean());

    [SkippableFact]
    public async Task Who_appends_events_can_neither_replace_nor_delete_one()
    {
        var appender = Of(await CompileAsync(), "Microsoft.DocumentDB/databaseAccounts/sqlRoleDefinitions")
            .Select(static role => role.GetProperty("properties"))
            .Single(static role => role.GetProperty("roleName").GetString() == "QANexus event appender");
        var actions = appender.GetProperty("permissions")[0].GetProperty("dataActions").EnumerateArray().Select(static action => action.GetString()!).ToList();

        Assert.NotEmpty(actions);
        Assert.DoesNotContain(actions, static action => Forbidden.Any(word => action.Contains("/" + word, StringComparison.OrdinalIgnoreCase)
            || action.Contains(word + "')", StringComparison.OrdinalIgnoreCase)));
    }

    private static async Task<List<JsonElement>> CompileAsync()
    {
        var (output, complaints) = await Compiled.Value;
        Assert.Empty(complaints);
        using var template = JsonDocument.Parse(output);
        return [.. Flatten(template.RootElement.Clone())];
    }

    /// <summary>Every resource, those of modules included.</summary>
    private static IEnumerable<JsonElement> Flatten(JsonElement template)
    {
        var resources = template.GetProperty("resources");
        foreach (var resource in resources.ValueKind is JsonValueKind.Array
            ? resources.EnumerateArray().ToList()
            : resources.EnumerateObject().Select(static member => member.Value).ToList())
        {
            yield return resource;
            if (resource.GetProperty("type").GetString() == "Microsoft.Resources/deployments")
            {
                foreach (var inner in Flatten(resource.GetProperty("properties").GetProperty("template")))
                {
                    yield return inner;
                }
            }
        }
    }

    private static IEnumerable<JsonElement> Of(IEnumerable<JsonElement> resources, string type) =>
        resources.Where(resource => resource.GetProperty("type").GetString() == type);

    private static JsonElement Properties(IEnumerable<JsonElement> resources, string type) => Of(resources, type).Single().GetProperty("properties");
}
