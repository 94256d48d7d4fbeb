using System.Diagnostics.Metrics;
using System.Text.Json;
using System.Text.RegularExpressions;
using QANexus.EventStore.Cosmos.Schema;
using QANexus.EventStore.Subscriptions;

namespace QANexus.EventStore.Cosmos.Tests.Infrastructure;

/// <summary>The infrastructure says what the code says, compiles without a complaint, and opens no door that it need not.</summary>
public sealed class TemplateTests
{
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
        var without = TypesOf(await PredictedDeployment.PlainAsync());
        var with = TypesOf(await PredictedDeployment.FullAsync());

        Assert.Equal(
            [
                "Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments: 5 more", "Microsoft.DocumentDB/databaseAccounts/sqlRoleDefinitions: 1 more",
                "Microsoft.ManagedIdentity/userAssignedIdentities: 1 more",
            ],
            with.Where(type => type.Value != without.GetValueOrDefault(type.Key))
                .Select(type => $"{type.Key}: {type.Value - without.GetValueOrDefault(type.Key)} more").Order(StringComparer.Ordinal));
        Assert.Empty(without.Keys.Except(with.Keys));
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
                QueryOf(rule), "name == \"(?<metric>qanexus\\.(subscription|reconciler)[a-z_.]+)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)))
            .Select(static match => match.Groups["metric"].Value).ToList();

        Assert.Equal(["qanexus.subscription.lag", "qanexus.reconciler.lag", "qanexus.subscription.parked_streams"], asked);
        Assert.All(asked, name => Assert.True(measured[name] is Gauge<long> or Histogram<double>, name));

        // A histogram is exported with the least and the greatest of what it counted, a gauge as a value alone.
        Assert.All(asked.Zip(rules), rule =>
            Assert.Contains($"max({(measured[rule.First] is Gauge<long> ? "valueSum" : "valueMax")})", QueryOf(rule.Second), StringComparison.Ordinal));
    }

    /// <summary>Nothing has arrived when the first deployment makes the rules, and a table that nothing has arrived in may not be known yet.</summary>
    [SkippableFact]
    public async Task Alerts_can_be_made_before_there_is_any_telemetry() =>
        Assert.All((await PredictedDeployment.PlainAsync()).Of("Microsoft.Insights/scheduledQueryRules"), static rule =>
            Assert.True(rule.GetProperty("properties").GetProperty("skipQueryValidation").GetBoolean()));

    [SkippableFact]
    public async Task Lag_parked_streams_server_errors_and_throttling_are_watched_and_every_alert_tells_somebody()
    {
        var resources = await PredictedDeployment.PlainAsync();
        var rules = resources.Of("Microsoft.Insights/scheduledQueryRules");
        var ofPlatform = resources.PropertiesOf("Microsoft.Insights/metricAlerts");

        Assert.Equal(
            ["feed-lag > 300 by subscription", "feed-stalled > 900 by subscription", "parked-streams > 0 by subscription", "5xx > 5 by "],
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

    private static Dictionary<string, int> TypesOf(IReadOnlyList<JsonElement> resources) => resources
        .CountBy(static resource => resource.GetProperty("type").GetString()!).ToDictionary(StringComparer.Ordinal);
}
