using System.Diagnostics.Metrics;
using System.Text.Json;
using System.Text.RegularExpressions;
using QANexus.EventStore.Cosmos.Schema;
using QANexus.EventStore.Subscriptions;

namespace QANexus.EventStore.Cosmos.Tests.Infrastructure;

/// <summary>The infrastructure says what the code says, compiles without a complaint, and opens no door that it need not.</summary>
public sealed class TemplateTests
{
    private static readonly string[] ItemActions = ["create", "read", "replace", "upsert", "delete", "*"];

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

    [SkippableTheory]
    [InlineData("QANexus event appender", "create", "read")]
    [InlineData("QANexus event redactor", "read", "replace")]
    [InlineData("QANexus item eraser", "delete", "read")]
    public async Task A_role_on_events_does_its_own_to_items_and_nothing_else(string name, params string[] allowed)
    {
        var role = Of(await CompileAsync(), "Microsoft.DocumentDB/databaseAccounts/sqlRoleDefinitions")
            .Select(static role => role.GetProperty("properties"))
            .Single(role => role.GetProperty("roleName").GetString() == name);
        var actions = role.GetProperty("permissions")[0].GetProperty("dataActions").EnumerateArray().Select(static action => action.GetString()!).ToList();

        Assert.Equal(allowed, actions.Select(Word).Where(static word => ItemActions.Contains(word)).Order(StringComparer.Ordinal));

        // "[format('{0}/create', variables('items'))]"
        static string Word(string action) => action.Split('/')[^1].Split('\'')[0];
    }

    [SkippableFact]
    public async Task What_clears_tenants_exists_only_where_clearing_is_enabled()
    {
        var resources = await CompileAsync();
        List<JsonElement> conditional = [.. resources.Where(static resource =>
            resource.TryGetProperty("condition", out var condition) && condition.GetString()!.Contains("enableTenantClear", StringComparison.Ordinal))];

        Assert.Equal(
            [
                "Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments", "Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments",
                "Microsoft.DocumentDB/databaseAccounts/sqlRoleDefinitions", "Microsoft.ManagedIdentity/userAssignedIdentities",
            ],
            conditional.Select(static resource => resource.GetProperty("type").GetString()!).Order(StringComparer.Ordinal));
        Assert.Equal(3, Of(resources, "Microsoft.ManagedIdentity/userAssignedIdentities").Count());
    }

    [SkippableFact]
    public async Task Alerts_ask_for_metrics_that_the_store_has()
    {
        HashSet<string> measured = [];
        using var listener = new MeterListener { InstrumentPublished = (instrument, _) => measured.Add(instrument.Name) };
        listener.Start();
        using var metrics = new SubscriptionMetrics();
        var (output, _) = await Compiled.Value;

        var asked = Regex.Matches(output, "where name == ..(?<metric>qanexus[a-z_.]+)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
            .Select(static match => match.Groups["metric"].Value).ToList();

        Assert.Equal(2, asked.Count);
        Assert.Subset(measured, asked.ToHashSet(StringComparer.Ordinal));
    }

    [SkippableFact]
    public async Task Throttling_and_server_errors_are_watched_and_every_alert_tells_somebody()
    {
        var resources = await CompileAsync();
        var ofPlatform = Of(resources, "Microsoft.Insights/metricAlerts").Select(static alert => alert.GetProperty("properties")).ToList();

        Assert.Equal(
            ["Http5xx", "TotalRequests"],
            ofPlatform.Select(static alert => alert.GetProperty("criteria").GetProperty("allOf")[0].GetProperty("metricName").GetString()!).Order(StringComparer.Ordinal));
        Assert.All(ofPlatform, static alert => Assert.Equal(1, alert.GetProperty("actions").GetArrayLength()));
        Assert.Equal(1, Properties(resources, "Microsoft.Insights/scheduledQueryRules").GetProperty("actions").GetProperty("actionGroups").GetArrayLength());
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
