using System.Text.Json;

namespace QANexus.EventStore.Cosmos.Tests.Infrastructure;

/// <summary>What docs/deploy.md promises of a deployment.</summary>
public sealed class DeploymentTests
{
    private const string Account = "Microsoft.DocumentDB/databaseAccounts";
    private const string Plan = "Microsoft.Web/serverfarms";
    private const string Storage = "Microsoft.Storage/storageAccounts";

    [SkippableFact]
    public async Task The_data_the_app_and_its_storage_are_spread_over_zones()
    {
        foreach (var resources in new[] { await PredictedDeployment.PlainAsync(), await PredictedDeployment.FullAsync() })
        {
            var regions = resources.PropertiesOf(Account).GetProperty("locations").EnumerateArray().ToList();
            Assert.NotEmpty(regions);
            Assert.All(regions, static region => Assert.True(region.GetProperty("isZoneRedundant").GetBoolean()));
            Assert.True(resources.PropertiesOf(Plan).GetProperty("zoneRedundant").GetBoolean());
            Assert.Equal("Standard_ZRS", Assert.Single(resources.Of(Storage)).GetProperty("sku").GetProperty("name").GetString());
        }
    }

    [SkippableFact]
    public async Task A_region_without_zones_is_asked_for_none()
    {
        var resources = await PredictedDeployment.WithoutZonesAsync();

        Assert.All(
            resources.PropertiesOf(Account).GetProperty("locations").EnumerateArray(),
            static region => Assert.False(region.GetProperty("isZoneRedundant").GetBoolean()));
        Assert.False(resources.PropertiesOf(Plan).GetProperty("zoneRedundant").GetBoolean());
        Assert.Equal("Standard_LRS", Assert.Single(resources.Of(Storage)).GetProperty("sku").GetProperty("name").GetString());
    }

    [SkippableFact]
    public async Task One_region_has_session_consistency()
    {
        var account = (await PredictedDeployment.PlainAsync()).PropertiesOf(Account);

        Assert.Equal("Session", account.GetProperty("consistencyPolicy").GetProperty("defaultConsistencyLevel").GetString());
        Assert.Equal(["westeurope"], Regions(account));
        Assert.False(account.GetProperty("enableMultipleWriteLocations").GetBoolean());
    }

    /// <summary>With session consistency an unplanned failover would lose acknowledged commits.</summary>
    [SkippableFact]
    public async Task A_second_region_makes_the_account_strongly_consistent_and_never_takes_writes_beside_the_first()
    {
        var account = (await PredictedDeployment.FullAsync()).PropertiesOf(Account);

        Assert.Equal("Strong", account.GetProperty("consistencyPolicy").GetProperty("defaultConsistencyLevel").GetString());
        Assert.Equal(["westeurope", "northeurope"], Regions(account));
        Assert.True(account.GetProperty("enableAutomaticFailover").GetBoolean());
        Assert.False(account.GetProperty("enableMultipleWriteLocations").GetBoolean());
    }

    [SkippableFact]
    public async Task The_app_is_isolated_dotnet_10_on_Flex_Consumption_and_deployed_by_its_identity()
    {
        var resources = await PredictedDeployment.PlainAsync();
        var sku = Assert.Single(resources.Of(Plan)).GetProperty("sku");
        var app = resources.PropertiesOf("Microsoft.Web/sites").GetProperty("functionAppConfig");

        Assert.Equal(("FC1", "FlexConsumption"), (sku.GetProperty("name").GetString(), sku.GetProperty("tier").GetString()));
        Assert.Equal(("dotnet-isolated", "10.0"), (app.GetProperty("runtime").GetProperty("name").GetString(), app.GetProperty("runtime").GetProperty("version").GetString()));
        Assert.Equal(
            "UserAssignedIdentity",
            app.GetProperty("deployment").GetProperty("storage").GetProperty("authentication").GetProperty("type").GetString());
        Assert.Equal(100, app.GetProperty("scaleAndConcurrency").GetProperty("triggers").GetProperty("http").GetProperty("perInstanceConcurrency").GetInt32());
        Assert.Equal(
            ["function:project-views 1", "function:run-subscribers 1", "function:take-snapshots 1"],
            app.GetProperty("scaleAndConcurrency").GetProperty("alwaysReady").EnumerateArray()
                .Select(static ready => $"{ready.GetProperty("name").GetString()} {ready.GetProperty("instanceCount").GetInt32()}"));
    }

    [SkippableFact]
    public async Task Nobody_has_a_key()
    {
        var resources = await PredictedDeployment.FullAsync();

        Assert.True(resources.PropertiesOf(Account).GetProperty("disableLocalAuth").GetBoolean());
        Assert.True(resources.PropertiesOf(Account).GetProperty("disableKeyBasedMetadataWriteAccess").GetBoolean());
        Assert.False(resources.PropertiesOf(Storage).GetProperty("allowSharedKeyAccess").GetBoolean());
        Assert.False(resources.PropertiesOf(Storage).GetProperty("allowBlobPublicAccess").GetBoolean());
        Assert.True(resources.PropertiesOf("Microsoft.Insights/components").GetProperty("DisableLocalAuth").GetBoolean());
        Assert.True(resources.PropertiesOf("Microsoft.OperationalInsights/workspaces").GetProperty("features").GetProperty("disableLocalAuth").GetBoolean());
        Assert.Equal(
            ["ftp False", "scm False"],
            resources.Of("Microsoft.Web/sites/basicPublishingCredentialsPolicies")
                .Select(static policy => $"{policy.GetProperty("name").GetString()!.Split('/')[^1]} {policy.GetProperty("properties").GetProperty("allow").GetBoolean()}")
                .Order(StringComparer.Ordinal));
        var settings = resources.PropertiesOf("Microsoft.Web/sites/config");
        Assert.Equal("managedidentity", settings.GetProperty("AzureWebJobsStorage__credential").GetString());
        Assert.Equal("managedidentity", settings.GetProperty("Cosmos__credential").GetString());
        Assert.All(resources, static resource =>
        {
            var text = resource.GetRawText();
            Assert.DoesNotContain("listKeys", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("AccountKey", text, StringComparison.OrdinalIgnoreCase);
        });
    }

    [SkippableFact]
    public async Task The_app_and_the_redactor_may_do_their_own_and_nothing_else() =>
        Assert.Equal(
            [
                "app account: readMetadata",
                "app events: executeQuery, items/create, items/read, readChangeFeed, readMetadata",
                "app leases: executeQuery, items/*, readChangeFeed, readMetadata",
                "app snapshots: executeQuery, items/*, readChangeFeed, readMetadata",
                "app subscriptions: executeQuery, items/*, readChangeFeed, readMetadata",
                "app views: executeQuery, items/*, readChangeFeed, readMetadata",
                "redactor account: readMetadata",
                "redactor events: items/read, items/replace, readMetadata",
            ],
            Permissions(await PredictedDeployment.PlainAsync()));

    [SkippableFact]
    public async Task Where_tenants_may_be_cleared_the_eraser_may_delete_everything_but_leases_and_nobody_may_do_more_than_before()
    {
        var without = Permissions(await PredictedDeployment.PlainAsync());
        var with = Permissions(await PredictedDeployment.FullAsync());

        Assert.Equal(
            [
                "eraser account: readMetadata",
                "eraser events: executeQuery, items/delete, items/read, readMetadata",
                "eraser snapshots: executeQuery, items/delete, items/read, readMetadata",
                "eraser subscriptions: executeQuery, items/*, readChangeFeed, readMetadata",
                "eraser views: executeQuery, items/delete, items/read, readMetadata",
            ],
            with.Except(without));
        Assert.Empty(without.Except(with));
    }

    private static IEnumerable<string?> Regions(JsonElement account) => account.GetProperty("locations").EnumerateArray()
        .OrderBy(static region => region.GetProperty("failoverPriority").GetInt32()).Select(static region => region.GetProperty("locationName").GetString());

    /// <summary>Who may do what to the items of which container: an assignment a line.</summary>
    private static IReadOnlyList<string> Permissions(IReadOnlyList<JsonElement> resources)
    {
        var roles = resources.Of($"{Account}/sqlRoleDefinitions").ToDictionary(static role => role.GetProperty("id").GetString()!, ActionsOf, StringComparer.Ordinal);
        return [.. resources.Of($"{Account}/sqlRoleAssignments").Select(assignment => Describe(assignment.GetProperty("properties"), roles)).Order(StringComparer.Ordinal)];
    }

    private static string Describe(JsonElement assignment, Dictionary<string, string> roles)
    {
        // "[reference(…).outputs.appPrincipalId.value]"
        var who = assignment.GetProperty("principalId").GetString()!.Split(".outputs.")[1].Split("PrincipalId")[0];
        var scope = assignment.GetProperty("scope").GetString()!.Split("/dbs/qanexus/colls/");
        return $"{who} {(scope.Length > 1 ? scope[1] : "account")}: {roles[assignment.GetProperty("roleDefinitionId").GetString()!]}";
    }

    private static string ActionsOf(JsonElement role) => string.Join(", ", role.GetProperty("properties").GetProperty("permissions").EnumerateArray()
        .SelectMany(static permission => permission.GetProperty("dataActions").EnumerateArray())
        .Select(static action => action.GetString()!
            .Replace($"{Account}/", string.Empty, StringComparison.Ordinal).Replace("sqlDatabases/containers/", string.Empty, StringComparison.Ordinal))
        .Order(StringComparer.Ordinal));
}
