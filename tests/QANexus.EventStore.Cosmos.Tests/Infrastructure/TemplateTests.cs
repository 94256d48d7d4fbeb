using System.Diagnostics.Metrics;
using System.Text.Json;
using System.Text.RegularExpressions;
using QANexus.EventStore.Cosmos.Schema;
using QANexus.EventStore.Subscriptions;

namespace QANexus.EventStore.Cosmos.Tests.Infrastructure;

/// <summary>The infrastructure says what the code says, compiles without a complaint, and opens no door that it need not.</summary>
public sealed class TemplateTests
{
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

    /// <summary>A count of what happened would be over while what it tells of goes on: alerts stand on what is so now.</summary>
    [SkippableFact]
    public async Task Alerts_on_subscriptions_ask_for_what_is_measured_and_not_for_counters()
    {
        Dictionary<string, Instrument> measured = new(StringComparer.Ordinal);
        using var listener = new MeterListener { InstrumentPublished = (instrument, _) => measured[instrument.Name] = instrument };
        listener.Start();
        using var metrics = new SubscriptionMetrics();
        var rules = (await PredictedDeployment.PlainAsync()).Of("Microsoft.Insights/scheduledQueryRules");

        var asked = rules.SelectMany(static rule => Regex.Matches(
                QueryOf(rule), "name == \"(?<metric>qanexus\\.subscription[a-z_.]+)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)))
            .Select(static match => match.Groups["metric"].Value).ToList();

        Assert.Equal(["qanexus.subscription.lag", "qanexus.subscription.parked_streams"], asked);
        Assert.All(asked, name => Assert.True(measured[name] is Gauge<long> or Histogram<double>, name));
    }

    [SkippableFact]
    public async Task Lag_parked_streams_server_errors_and_throttling_are_watched_and_every_alert_tells_somebody()
    {
        var resources = await PredictedDeployment.PlainAsync();
        var rules = resources.Of("Microsoft.Insights/scheduledQueryRules");
        var ofPlatform = resources.PropertiesOf("Microsoft.Insights/metricAlerts");

        Assert.Equal(
            ["feed-lag > 300 by subscription", "parked-streams > 0 by subscription", "5xx > 5 by "],
            rules.Select(static rule =>
            {
                var criterion = rule.GetProperty("properties").GetProperty("criteria").GetProperty("allOf")[0];
                var by = criterion.GetProperty("dimensions").EnumerateArray().Select(static dimension => dimension.GetProperty("name").GetString());
                var name = string.Join('-', rule.GetProperty("name").GetString()!.Split('-')[2..^1]);
                return $"{name} > {criterion.GetProperty("threshold").GetInt32()} by {string.Join(", ", by)}";
            }));
        Assert.Equal("TotalRequests", ofPlatform.GetProperty("criteria").GetProperty("allOf")[0].GetProperty("metricName").GetString());
        Assert.Equal(1, ofPlatform.GetProperty("actions").GetArrayLength());
        Assert.All(rules, static rule =>
            Assert.Equal(1, rule.GetProperty("properties").GetProperty("actions").GetProperty("actionGroups").GetArrayLength()));
    }

    private static string QueryOf(JsonElement rule) =>
        rule.GetProperty("properties").GetProperty("criteria").GetProperty("allOf")[0].GetProperty("query").GetString()!;

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
}
